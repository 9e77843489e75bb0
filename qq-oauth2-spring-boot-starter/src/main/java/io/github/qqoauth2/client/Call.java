package io.github.qqoauth2.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.util.UriUtils;

/**
 * A single call to QQ, which also creates the exceptions for its failures. Their messages
 * consist of constants, the registration id, numbers and, for a redirect, the target
 * host. They contain no parameter and no other part of a reply.
 */
final class Call {

	private static final Duration REPLY_LIMIT = Duration.ofSeconds(3);

	private final Step step;

	private final String registrationId;

	private final String uri;

	private final Deadline deadline;

	private final OneShotBodyPublisher body = new OneShotBodyPublisher();

	private final long started = System.nanoTime();

	Call(Step step, ClientRegistration registration, String endpoint, Map<String, String> parameters,
			Deadline deadline) {
		this.step = step;
		this.registrationId = registration.getRegistrationId();
		this.uri = endpoint + ((endpoint.indexOf('?') < 0) ? "?" : "&") + query(parameters);
		this.deadline = deadline;
	}

	// Encodes every reserved character, including those that RFC 3986 allows in a query.
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
				.method("GET", this.body)
				.build();
		}
		catch (IllegalArgumentException ex) {
			// without the cause, whose message contains the URI
			throw failure(Fault.QQ_ENDPOINT, "has no valid http or https endpoint");
		}
	}

	// Completes when the request is about to be sent, on a connection that is
	// established.
	CompletableFuture<Boolean> sent() {
		return this.body.sent();
	}

	// The time left to the whole login.
	Duration timeLeft() {
		return this.deadline.left();
	}

	// The time left to the reply, from now.
	Duration replyTimeLeft() {
		Duration left = timeLeft();
		return (left.compareTo(REPLY_LIMIT) < 0) ? left : REPLY_LIMIT;
	}

	OAuth2AuthorizationException failure(Fault fault, String description) {
		String code = (fault == Fault.QQ_ENDPOINT) ? QqOAuth2Error.MISCONFIGURED : QqOAuth2Error.UNAVAILABLE;
		return failure(code, fault, description, null);
	}

	OAuth2AuthorizationException failure(Fault fault, String description, Throwable cause) {
		OAuth2AuthorizationException failure = failure(fault, description);
		failure.initCause(cause);
		return failure;
	}

	OAuth2AuthorizationException refusal(@Nullable Integer number) {
		String description = (number != null) ? "returned error " + number : "returned an error without a number";
		return failure(ErrorNumber.errorCode(number), Fault.QQ_ERROR, description, number);
	}

	private OAuth2AuthorizationException failure(String code, Fault fault, String description,
			@Nullable Integer number) {
		long elapsed = (System.nanoTime() - this.started) / 1_000_000;
		String message = fault + ": " + this.step.value() + " call for registration '" + this.registrationId + "' "
				+ description + " after " + elapsed + " ms" + ErrorNumber.explanation(number, this.step);
		return new OAuth2AuthorizationException(new QqOAuth2Error(code, message, fault, this.step.value(), number),
				message);
	}

}
