package io.github.qqoauth2.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.util.UriUtils;

/**
 * One call to QQ under way, and the only place where a failure gets its words: they are
 * made of constants and numbers, never of what was sent or received.
 */
final class Call {

	private static final Duration LIMIT = Duration.ofSeconds(3);

	private final Step step;

	private final String registrationId;

	private final String uri;

	private final Deadline deadline;

	private final long started = System.nanoTime();

	Call(Step step, ClientRegistration registration, String endpoint, Map<String, String> parameters,
			Deadline deadline) {
		this.step = step;
		this.registrationId = registration.getRegistrationId();
		this.uri = endpoint + ((endpoint.indexOf('?') < 0) ? "?" : "&") + query(parameters);
		this.deadline = deadline;
	}

	// Every reserved character is percent-encoded, also where RFC 3986 lets it stand.
	private static String query(Map<String, String> parameters) {
		return parameters.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + UriUtils.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	Step step() {
		return this.step;
	}

	HttpRequest request() {
		try {
			return HttpRequest.newBuilder(URI.create(this.uri))
				.header("Accept", "*/*")
				.header("Accept-Encoding", "identity")
				.method("GET", new OneShotBodyPublisher())
				.build();
		}
		catch (IllegalArgumentException ex) {
			// not as a cause: its message quotes the URI
			throw failure(Fault.QQ_ENDPOINT, "has no usable http or https address");
		}
	}

	Duration timeLeft() {
		Duration left = this.deadline.left();
		return (left.compareTo(LIMIT) < 0) ? left : LIMIT;
	}

	OAuth2AuthorizationException failure(Fault fault, String what) {
		String code = (fault == Fault.QQ_ENDPOINT) ? QqOAuth2Error.MISCONFIGURED : QqOAuth2Error.UNAVAILABLE;
		return failure(code, fault, what, null);
	}

	OAuth2AuthorizationException failure(Fault fault, String what, Throwable cause) {
		OAuth2AuthorizationException failure = failure(fault, what);
		failure.initCause(cause);
		return failure;
	}

	OAuth2AuthorizationException refusal(@Nullable Integer number) {
		String what = (number != null) ? "answered error " + number : "answered an error without a number";
		return failure(ErrorNumber.errorCode(number), Fault.QQ_ERROR, what, number);
	}

	private OAuth2AuthorizationException failure(String code, Fault fault, String what, @Nullable Integer number) {
		long elapsed = (System.nanoTime() - this.started) / 1_000_000;
		String message = fault + ": " + this.step.value() + " call for registration '" + this.registrationId + "' "
				+ what + " after " + elapsed + " ms";
		return new OAuth2AuthorizationException(new QqOAuth2Error(code, message, fault, this.step.value(), number),
				message);
	}

}
