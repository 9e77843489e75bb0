package io.github.qqoauth2.readme;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser with cookies that follows a redirect only when told to.
 */
final class Browser {

	private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");

	private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final URI site;

	Browser(URI site) {
		this.site = site;
	}

	Page get(String address) throws IOException, InterruptedException {
		return exchange(HttpRequest.newBuilder(this.site.resolve(address)).GET());
	}

	Page get(URI address) throws IOException, InterruptedException {
		return get(address.toString());
	}

	/**
	 * Submits the page's form, its hidden fields included.
	 */
	Page submit(Page page, Map<String, String> typed) throws IOException, InterruptedException {
		Map<String, String> form = page.hiddenFields();
		form.putAll(typed);
		String body = form.entrySet()
			.stream()
			.map((field) -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
			.collect(Collectors.joining("&"));
		return exchange(HttpRequest.newBuilder(this.site.resolve(page.action()))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	/**
	 * Asks as a front end does, with its token where it has one.
	 */
	Page getJson(String address, String token) throws IOException, InterruptedException {
		return exchange(json(address, token).GET());
	}

	/**
	 * Posts as a front end does, with the CSRF token that came as a cookie.
	 */
	Page postJson(String address, String body) throws IOException, InterruptedException {
		String token = this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("XSRF-TOKEN"))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
		return exchange(json(address, "").header("Content-Type", "application/json")
			.header("X-XSRF-TOKEN", token)
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder json(String address, String token) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.site.resolve(address))
			.header("Accept", "application/json");
		return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
	}

	private Page exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
		if (request.copy().build().headers().firstValue("Accept").isEmpty()) {
			request.header("Accept", "text/html");
		}
		HttpResponse<String> response = this.http.send(request.header("Accept-Language", "en").build(),
				HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		return new Page(response.statusCode(), response.headers().firstValue("Location").orElse(""), response.body());
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	/**
	 * An answer.
	 *
	 * @param status its status
	 * @param location where it redirects to; empty where it does not
	 * @param body its body
	 */
	record Page(int status, String location, String body) {

		/**
		 * The path that a redirect leads to.
		 */
		String path() {
			return URI.create(this.location).getPath();
		}

		String action() {
			return first(ACTION, this.body);
		}

		Map<String, String> hiddenFields() {
			Map<String, String> fields = new LinkedHashMap<>();
			HIDDEN.matcher(this.body)
				.results()
				.forEach((input) -> fields.put(attribute("name", input.group()), attribute("value", input.group())));
			return fields;
		}

		private static String attribute(String name, String input) {
			return first(Pattern.compile(" " + name + "=\"([^\"]*)\""), input);
		}

		private static String first(Pattern pattern, String text) {
			Matcher matcher = pattern.matcher(text);
			if (!matcher.find()) {
				throw new AssertionError("No " + pattern + " in:\n" + text);
			}
			return matcher.group(1);
		}

	}

}
