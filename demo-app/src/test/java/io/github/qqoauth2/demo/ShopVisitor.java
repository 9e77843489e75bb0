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
 * Somebody whose browser has cookies and no script, and follows a redirect only when told
 * to.
 */
final class ShopVisitor {

	private static final Pattern FORM = Pattern.compile("<form.*?</form>", Pattern.DOTALL);

	private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");

	private static final Pattern ATTRIBUTE = Pattern.compile("(name|value)=\"([^\"]*)\"");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).build();

	private final Map<String, String> headers = new TreeMap<>(
			Map.of("Accept", "text/html,application/xhtml+xml", "Accept-Language", "en"));

	private final DemoSite site;

	private @Nullable HttpResponse<String> answer;

	/**
	 * Comes to a shop.
	 */
	ShopVisitor(DemoSite site) {
		this.site = site;
	}

	/**
	 * Sends a header with every request.
	 */
	ShopVisitor sends(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	/**
	 * Opens a page.
	 */
	ShopVisitor opens(String path) {
		this.answer = exchange(request(path).GET());
		return this;
	}

	/**
	 * Follows redirects within the shop.
	 */
	ShopVisitor follows() {
		while (location().startsWith("/")) {
			opens(location());
		}
		return this;
	}

	/**
	 * Posts the form of the open page that has this action, or would have it by one of
	 * its buttons, with its hidden fields; or the first form of the page.
	 */
	ShopVisitor posts(String path, String... typed) {
		Map<String, String> form = new LinkedHashMap<>(hiddenFields(path));
		for (int i = 0; i < typed.length; i += 2) {
			form.put(typed[i], typed[i + 1]);
		}
		StringBuilder body = new StringBuilder();
		form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
			.append(encode(name))
			.append('=')
			.append(encode(value)));
		this.answer = exchange(request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body.toString())));
		return this;
	}

	/**
	 * Posts JSON, as the single page does.
	 */
	ShopVisitor postsJson(String path, String json) {
		this.answer = exchange(asThePage(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(json)));
		return this;
	}

	/**
	 * Posts a form, as the single page does.
	 */
	ShopVisitor postsForm(String path, String form) {
		this.answer = exchange(asThePage(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form)));
		return this;
	}

	private HttpRequest.Builder asThePage(String path) {
		String csrf = cookie("XSRF-TOKEN");
		return csrf.isEmpty() ? request(path) : request(path).header("X-XSRF-TOKEN", csrf);
	}

	/**
	 * Signs in by password.
	 */
	ShopVisitor signsIn(String username, String password) {
		return opens("/login").posts("/login", "username", username, "password", password);
	}

	/**
	 * Goes to QQ, agrees there and comes back.
	 */
	ShopVisitor comesByQq(QqPerson person) {
		return comesByQq(person, "/oauth2/authorization/qq");
	}

	/**
	 * Goes to QQ from some address, agrees there and comes back.
	 */
	ShopVisitor comesByQq(QqPerson person, String start) {
		opens(start);
		URI callback = this.site.bean(QqSimulator.class).approve(URI.create(location()), person);
		return opens(callback.getRawPath() + "?" + callback.getRawQuery());
	}

	/**
	 * The status of the last answer.
	 */
	int status() {
		return answer().statusCode();
	}

	/**
	 * The body of the last answer.
	 */
	String body() {
		return answer().body();
	}

	/**
	 * A header of the last answer.
	 */
	String header(String name) {
		return answer().headers().firstValue(name).orElse("");
	}

	/**
	 * Where the last answer leads, as a path where that is in the shop.
	 */
	String location() {
		String location = header("Location");
		return location.startsWith(this.site.url() + "/") ? location.substring(this.site.url().length()) : location;
	}

	/**
	 * A cookie.
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
	 * Loses a cookie.
	 */
	void loses(String name) {
		this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals(name))
			.toList()
			.forEach((cookie) -> this.cookies.getCookieStore().remove(URI.create(this.site.url()), cookie));
	}

	private HttpResponse<String> answer() {
		return Objects.requireNonNull(this.answer);
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
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.site.url() + path));
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
