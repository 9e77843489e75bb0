package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Calls a simulator as an application and a browser do.
 */
final class TestClient {

	/**
	 * Bounds every wait. Waits end with the reply, so a slow machine has time to spare.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	static final String REDIRECT_URI = "http://127.0.0.1:8080/login/oauth2/code/qq";

	private final QqSimulator simulator;

	private final HttpClient http;

	TestClient(QqSimulator simulator) {
		this(simulator, HttpClient.newBuilder());
	}

	TestClient(QqSimulator simulator, HttpClient.Builder http) {
		this.simulator = simulator;
		this.http = http.connectTimeout(TIMEOUT).build();
	}

	HttpResponse<String> get(QqEndpoint endpoint, Map<String, String> parameters, String... headers) {
		return send(HttpRequest.newBuilder(uri(endpoint, parameters)), headers);
	}

	HttpResponse<String> post(QqEndpoint endpoint, Map<String, String> parameters, String... headers) {
		return send(HttpRequest.newBuilder(uri(endpoint, Map.of()))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form(parameters))), headers);
	}

	HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String code(QqPerson person) {
		URI location = this.simulator.approve(uri(QqEndpoint.AUTHORIZE, authorize()), person);
		return match("code=([0-9A-F]{32})", location.getQuery());
	}

	String accessToken(QqPerson person) {
		return match("access_token=([0-9A-F]{32})", get(QqEndpoint.TOKEN, token(code(person))).body());
	}

	URI uri(QqEndpoint endpoint, Map<String, String> parameters) {
		String query = parameters.isEmpty() ? "" : "?" + form(parameters);
		return URI.create(this.simulator.url() + endpoint.path() + query);
	}

	static Map<String, String> authorize() {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("response_type", "code");
		parameters.put("client_id", QqSimulator.APP_ID);
		parameters.put("redirect_uri", REDIRECT_URI);
		parameters.put("state", "5b9c63e79bd1a8f0");
		return parameters;
	}

	static Map<String, String> token(String code) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("grant_type", "authorization_code");
		parameters.put("client_id", QqSimulator.APP_ID);
		parameters.put("client_secret", QqSimulator.APP_KEY);
		parameters.put("code", code);
		parameters.put("redirect_uri", REDIRECT_URI);
		return parameters;
	}

	static Map<String, String> refresh(String refreshToken) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("grant_type", "refresh_token");
		parameters.put("client_id", QqSimulator.APP_ID);
		parameters.put("client_secret", QqSimulator.APP_KEY);
		parameters.put("refresh_token", refreshToken);
		return parameters;
	}

	static Map<String, String> with(Map<String, String> parameters, String name, String value) {
		Map<String, String> changed = new LinkedHashMap<>(parameters);
		changed.put(name, value);
		return changed;
	}

	static Map<String, String> without(Map<String, String> parameters, String name) {
		Map<String, String> changed = new LinkedHashMap<>(parameters);
		changed.remove(name);
		return changed;
	}

	static String match(String pattern, String text) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		if (!matcher.find()) {
			throw new AssertionError("No " + pattern + " in " + text);
		}
		return matcher.group(1);
	}

	static String form(Map<String, String> parameters) {
		return parameters.entrySet()
			.stream()
			.map((parameter) -> FormText.encode(parameter.getKey()) + "=" + FormText.encode(parameter.getValue()))
			.collect(Collectors.joining("&"));
	}

}
