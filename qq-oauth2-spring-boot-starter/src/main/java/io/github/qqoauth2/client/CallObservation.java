package io.github.qqoauth2.client;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * The observation of one call, under the name and keys that Spring's own HTTP clients
 * use, so that it shows beside them. Its context knows neither request nor response: no
 * handler, filter or convention of the application can find a secret there. Trace headers
 * are not sent to QQ.
 */
final class CallObservation {

	private final Observation observation;

	private final Step step;

	private final String host;

	private int status;

	private String fault = "none";

	private CallObservation(Observation observation, Step step, String host) {
		this.observation = observation;
		this.step = step;
		this.host = host;
	}

	static CallObservation start(ObservationRegistry registry, Step step, String host) {
		Observation observation = Observation.createNotStarted("http.client.requests", () -> context(step, host),
				registry);
		CallObservation call = new CallObservation(observation, step, host);
		observation.contextualName("http get").lowCardinalityKeyValues(call.keyValues()).start();
		return call;
	}

	private static SenderContext<Step> context(Step step, String host) {
		SenderContext<Step> context = new SenderContext<>((carrier, key, value) -> {
		}, Kind.CLIENT);
		context.setCarrier(step);
		context.setRemoteServiceName(host);
		return context;
	}

	void answered(int status) {
		this.status = status;
	}

	void failed(OAuth2AuthorizationException failure) {
		this.observation.error(failure);
		this.fault = (failure.getError() instanceof QqOAuth2Error error) ? error.getFault().name() : this.fault;
	}

	void stop() {
		this.observation.lowCardinalityKeyValues(keyValues()).stop();
	}

	private KeyValues keyValues() {
		return KeyValues.of("client.name", this.host, "exception", this.fault, "method", "GET", "outcome", outcome(),
				"status", (this.status != 0) ? Integer.toString(this.status) : "CLIENT_ERROR", "uri", this.step.path());
	}

	private String outcome() {
		return switch (this.status / 100) {
			case 1 -> "INFORMATIONAL";
			case 2 -> "SUCCESS";
			case 3 -> "REDIRECTION";
			case 4 -> "CLIENT_ERROR";
			case 5 -> "SERVER_ERROR";
			default -> "UNKNOWN";
		};
	}

}
