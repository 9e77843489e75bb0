package io.github.qqoauth2.conversation;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A browser that keeps cookies and does not follow redirects.
 */
public final class Browser {

	private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");

	private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");

	private static final Pattern VALUE = Pattern.compile("value=\"([^\"]*)\"");

	private final HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

	private final Map<String, String> cookies = new TreeMap<>();

	private final Map<String, String> headers = new TreeMap<>(
			Map.of("Accept", "text/html,application/xhtml+xml", "Accept-Language", "en"));

	private final List<URI> nodes;

	private int requestCount;

	public Browser(URI site) {
		this(List.of(site));
	}

	/**
	 * Creates a browser that sends its requests to the nodes of a site in turn.
	 */
	public Browser(List<URI> nodes) {
		this.nodes = List.copyOf(nodes);
	}

	public Browser header(String name, @Nullable String value) {
		if (value != null) {
			this.headers.put(name, value);
		}
		else {
			this.headers.remove(name);
		}
		return this;
	}

	public @Nullable String cookie(String name) {
		return this.cookies.get(name);
	}

	public void cookie(String name, String value) {
		this.cookies.put(name, value);
	}

	public void removeCookie(String name) {
		this.cookies.remove(name);
	}

	public Map<String, String> cookies() {
		return Map.copyOf(this.cookies);
	}

	public Page get(String path) {
		return exchange(request(path).GET());
	}

	public Page post(String path, Map<String, String> form) {
		StringBuilder body = new StringBuilder();
		form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
			.append(encode(name))
			.append('=')
			.append(encode(value)));
		return exchange(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString())));
	}

	public Page post(String path, String contentType, String body) {
		return exchange(request(path).header("Content-Type", contentType)
			.POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8)));
	}

	/**
	 * Posts a page's form: its hidden fields and the given ones.
	 */
	public Page submit(Page page, String path, Map<String, String> typed) {
		Map<String, String> form = new LinkedHashMap<>(page.hiddenFields());
		form.putAll(typed);
		return post(path, form);
	}

	public Page send(String method, String path) {
		return exchange(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(this.nodes.get(this.requestCount++ % this.nodes.size()).resolve(path));
		this.headers.forEach(request::header);
		if (!this.cookies.isEmpty()) {
			StringBuilder cookie = new StringBuilder();
			this.cookies
				.forEach((name, value) -> cookie.append(cookie.isEmpty() ? "" : "; ").append(name + "=" + value));
			request.header("Cookie", cookie.toString());
		}
		return request;
	}

	private Page exchange(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.http.send(request.build(),
					HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
			response.headers().allValues("Set-Cookie").forEach(this::saveCookie);
			return new Page(response.statusCode(), response.headers().map(), response.body(), response.request().uri());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void saveCookie(String setCookie) {
		String pair = setCookie.split(";", 2)[0];
		int equals = pair.indexOf('=');
		String name = pair.substring(0, equals);
		String value = pair.substring(equals + 1);
		if (value.isEmpty() || setCookie.contains("Max-Age=0")) {
			this.cookies.remove(name);
		}
		else {
			this.cookies.put(name, value);
		}
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	/**
	 * A response.
	 */
	public record Page(int status, Map<String, List<String>> headers, String body, URI site) {

		public @Nullable String header(String name) {
			for (Map.Entry<String, List<String>> header : this.headers.entrySet()) {
				if (header.getKey().equalsIgnoreCase(name)) {
					return header.getValue().get(0);
				}
			}
			return null;
		}

		/**
		 * The target of a redirect, as a path if it is on the site.
		 */
		public @Nullable String location() {
			String location = header("Location");
			if (location == null) {
				return null;
			}
			String origin = this.site.getScheme() + "://" + this.site.getAuthority();
			return location.startsWith(origin + "/") ? location.substring(origin.length()) : location;
		}

		public Map<String, String> hiddenFields() {
			Map<String, String> fields = new LinkedHashMap<>();
			String form = this.body.contains("<form")
					? this.body.substring(this.body.indexOf("<form"), this.body.indexOf("</form>")) : "";
			Matcher inputs = HIDDEN.matcher(form);
			while (inputs.find()) {
				fields.put(first(NAME, inputs.group()), first(VALUE, inputs.group()));
			}
			return fields;
		}

		private static String first(Pattern pattern, String text) {
			Matcher matcher = pattern.matcher(text);
			return matcher.find() ? matcher.group(1) : "";
		}

	}

}
