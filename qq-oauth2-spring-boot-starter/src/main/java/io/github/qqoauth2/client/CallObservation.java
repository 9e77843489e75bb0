package io.github.qqoauth2.client;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Observes one call under the name and keys of Spring's HTTP clients, so that dashboards
 * show both together. The context holds neither request nor response, so that the
 * application's observation handlers, filters and conventions cannot read a secret from
 * it. Trace headers are not sent to QQ.
 */
final class CallObservation {

	private final Observation observation;

	private CallObservation(Observation observation) {
		this.observation = observation;
	}

	static CallObservation start(ObservationRegistry registry, Step step, String host) {
		Observation observation = Observation.createNotStarted("http.client.requests", () -> context(step, host),
				registry);
		observation.contextualName("http get")
			.lowCardinalityKeyValues(KeyValues.of("client.name", host, "exception", "none", "method", "GET", "outcome",
					"UNKNOWN", "status", "CLIENT_ERROR", "uri", step.path()))
			.start();
		return new CallObservation(observation);
	}

	private static SenderContext<Step> context(Step step, String host) {
		SenderContext<Step> context = new SenderContext<>((carrier, key, value) -> {
		}, Kind.CLIENT);
		context.setCarrier(step);
		context.setRemoteServiceName(host);
		return context;
	}

	void answered(int status) {
		this.observation.lowCardinalityKeyValue("status", Integer.toString(status))
			.lowCardinalityKeyValue("outcome", outcome(status));
	}

	void failed(OAuth2AuthorizationException failure) {
		this.observation.error(failure);
		if (failure.getError() instanceof QqOAuth2Error error) {
			this.observation.lowCardinalityKeyValue("exception", error.getFault().name());
		}
	}

	void stop() {
		this.observation.stop();
	}

	private static String outcome(int status) {
		return switch (status / 100) {
			case 1 -> "INFORMATIONAL";
			case 2 -> "SUCCESS";
			case 3 -> "REDIRECTION";
			case 4 -> "CLIENT_ERROR";
			case 5 -> "SERVER_ERROR";
			default -> "UNKNOWN";
		};
	}

}
