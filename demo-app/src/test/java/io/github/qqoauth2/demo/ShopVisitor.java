package io.github.qqoauth2.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * A visitor with cookies and without JavaScript. Redirects are followed only by
 * {@link #followRedirects()}.
 */
final class ShopVisitor {

	private static final Pattern FORM = Pattern.compile("<form.*?</form>", Pattern.DOTALL);

	private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");

	private static final Pattern ATTRIBUTE = Pattern.compile("(name|value)=\"([^\"]*)\"");

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).connectTimeout(TIMEOUT).build();

	private final Map<String, String> headers = new TreeMap<>(
			Map.of("Accept", "text/html,application/xhtml+xml", "Accept-Language", "en"));

	private final DemoSite site;

	private @Nullable HttpResponse<String> response;

	ShopVisitor(DemoSite site) {
		this.site = site;
	}

	/**
	 * Adds a header to all following requests.
	 */
	ShopVisitor withHeader(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Opens a page.
	 */
	ShopVisitor open(String path) {
		this.response = exchange(request(path).GET());
		return this;
	}

	/**
	 * Follows all redirects within the shop.
	 */
	ShopVisitor followRedirects() {
		while (location().startsWith("/")) {
			open(location());
		}
		return this;
	}

	/**
	 * Posts to the path, with the hidden fields of the form on the current page that has
	 * this action, also by one of its buttons. If there is none, the fields of the first
	 * form are used.
	 */
	ShopVisitor post(String path, String... fields) {
		Map<String, String> form = new LinkedHashMap<>(hiddenFields(path));
		for (int i = 0; i < fields.length; i += 2) {
			form.put(fields[i], fields[i + 1]);
		}
		StringBuilder body = new StringBuilder();
		form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
			.append(encode(name))
			.append('=')
			.append(encode(value)));
		this.response = exchange(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString())));
		return this;
	}

	/**
	 * Posts JSON, as the single-page app does.
	 */
	ShopVisitor postJson(String path, String json) {
		this.response = exchange(spaRequest(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json)));
		return this;
	}

	/**
	 * Posts a form, as the single-page app does.
	 */
	ShopVisitor postForm(String path, String form) {
		this.response = exchange(spaRequest(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
		return this;
	}

	private HttpRequest.Builder spaRequest(String path) {
		String csrf = cookie("XSRF-TOKEN");
		return csrf.isEmpty() ? request(path) : request(path).header("X-XSRF-TOKEN", csrf);
	}

	/**
	 * Signs in by password.
	 */
	ShopVisitor signIn(String username, String password) {
		return open("/login").post("/login", "username", username, "password", password);
	}

	/**
	 * Starts a QQ login, approves it and requests the callback.
	 */
	ShopVisitor loginWithQq(QqPerson person) {
		return loginWithQq(person, "/oauth2/authorization/qq");
	}

	/**
	 * Starts a QQ login at the given path, approves it and requests the callback.
	 */
	ShopVisitor loginWithQq(QqPerson person, String start) {
		open(start);
		URI callback = this.site.bean(QqSimulator.class).approve(URI.create(location()), person);
		return open(callback.getRawPath() + "?" + callback.getRawQuery());
	}

	/**
	 * Returns the status of the last response.
	 */
	int status() {
		return response().statusCode();
	}

	/**
	 * Returns the body of the last response.
	 */
	String body() {
		return response().body();
	}

	/**
	 * Returns a header of the last response.
	 */
	String header(String name) {
		return response().headers().firstValue(name).orElse("");
	}

	/**
	 * Returns the location of the last response, as a path if it is within the shop.
	 */
	String location() {
		String location = header("Location");
		return location.startsWith(this.site.url() + "/") ? location.substring(this.site.url().length()) : location;
	}

	/**
	 * Returns the value of a cookie, or an empty string.
	 */
	String cookie(String name) {
		return this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElse("");
	}

	/**
	 * Removes a cookie.
	 */
	void removeCookie(String name) {
		this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.toList()
			.forEach((cookie) -> this.cookies.getCookieStore().remove(URI.create(this.site.url()), cookie));
	}

	private HttpResponse<String> response() {
		return Objects.requireNonNull(this.response);
	}

	private Map<String, String> hiddenFields(String path) {
		Map<String, String> fields = new LinkedHashMap<>();
		List<String> forms = FORM.matcher(body()).results().map(MatchResult::group).toList();
		String form = forms.stream()
			.filter((candidate) -> candidate.contains("action=\"" + path + "\""))
			.findFirst()
			.orElse(forms.isEmpty() ? "" : forms.get(0));
		Matcher inputs = HIDDEN.matcher(form);
		while (inputs.find()) {
			Map<String, String> attributes = new LinkedHashMap<>();
			Matcher matcher = ATTRIBUTE.matcher(inputs.group());
			while (matcher.find()) {
				attributes.put(matcher.group(1), matcher.group(2));
			}
			fields.put(attributes.get("name"), attributes.getOrDefault("value", ""));
		}
		return fields;
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.site.url() + path)).timeout(TIMEOUT);
		this.headers.forEach(request::header);
		return request;
	}

	private HttpResponse<String> exchange(HttpRequest.Builder request) {
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

}
