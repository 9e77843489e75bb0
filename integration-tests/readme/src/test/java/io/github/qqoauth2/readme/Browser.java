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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser with cookies that does not follow redirects.
 */
final class Browser {

	private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");

	private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]*)\"");

	/**
	 * Bounds every wait. Waits end with the response, so a slow machine has time to
	 * spare.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).connectTimeout(TIMEOUT).build();

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
	 * Submits the form of a page, including its hidden fields.
	 */
	Page submit(Page page, Map<String, String> input) throws IOException, InterruptedException {
		Map<String, String> form = page.hiddenFields();
		form.putAll(input);
		String body = form.entrySet()
			.stream()
			.map((field) -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
			.collect(Collectors.joining("&"));
		return exchange(HttpRequest.newBuilder(this.site.resolve(page.action()))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	/**
	 * Sends a GET as a front end does, with a bearer token unless it is empty.
	 */
	Page getJson(String address, String token) throws IOException, InterruptedException {
		return exchange(json(address, token).GET());
	}

	/**
	 * Sends a POST as a front end does, with the CSRF token from the cookie.
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
		HttpResponse<String> response = this.http.send(request.timeout(TIMEOUT).header("Accept-Language", "en").build(),
				HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
		return new Page(response.statusCode(), response.headers().firstValue("Location").orElse(""), response.body());
	}

	private static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	/**
	 * A response.
	 *
	 * @param status its status
	 * @param location the target of a redirect; otherwise empty
	 * @param body its body
	 */
	record Page(int status, String location, String body) {

		/**
		 * Returns the path of the redirect's target.
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
