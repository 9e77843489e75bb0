package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallObservationTests {

	private final RawServer server = new RawServer();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final QqClient client = new QqClient(URI.create(this.server.url()), false, Duration.ofSeconds(6), 1,
			this.registry);

	private final List<Observation.Context> started = new ArrayList<>();

	private final List<Observation.Context> stopped = new ArrayList<>();

	@BeforeEach
	void record() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

			@Override
			public void onStart(Observation.Context context) {
				CallObservationTests.this.started.add(context);
			}

			@Override
			public void onStop(Observation.Context context) {
				CallObservationTests.this.stopped.add(context);
			}
		});
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	private Map<String, String> keyValues() {
		assertThat(this.started).hasSize(1);
		assertThat(this.stopped).hasSize(1);
		assertThat(this.stopped.get(0).getName()).isEqualTo("http.client.requests");
		assertThat(this.stopped.get(0).getHighCardinalityKeyValues()).isEmpty();
		return this.stopped.get(0)
			.getLowCardinalityKeyValues()
			.stream()
			.collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	@Test
	void callWhenSuccessfulThenKeyValuesOfSpring() {
		this.server.always(RawServer.reply("{\"access_token\":\"A\"}"));
		QqLogins.token(this.client, this.server);
		assertThat(keyValues()).isEqualTo(Map.of("client.name", "127.0.0.1", "exception", "none", "method", "GET",
				"outcome", "SUCCESS", "status", "200", "uri", "/oauth2.0/token"));
		assertThat(this.stopped.get(0).getError()).isNull();
	}

	@Test
	void callWhenQqReturnsErrorThenExceptionIsFault() {
		this.server.always(RawServer.reply("{\"error\":100020}"));
		QqFailure failure = QqFailure.of(() -> QqLogins.identity(this.client, this.server));
		assertThat(keyValues()).containsEntry("exception", "QQ_ERROR").containsEntry("uri", "/oauth2.0/me");
		assertThat(String.valueOf(this.stopped.get(0).getError())).contains(failure.message());
	}

	@Test
	void callWhenServerErrorThenStatusAndOutcome() {
		this.server.always(RawServer.reply(503, "text/html", ""));
		QqFailure.of(() -> QqLogins.profile(this.client, this.server));
		assertThat(keyValues()).containsEntry("exception", "QQ_HTTP")
			.containsEntry("status", "503")
			.containsEntry("outcome", "SERVER_ERROR")
			.containsEntry("uri", "/user/get_user_info");
	}

	@Test
	void callWhenConnectionFailsThenUnknownOutcome() throws IOException {
		try (ClosedPort port = new ClosedPort()) {
			var registration = QqLogins.registration(port.url(), QqLogins.APP_ID, QqLogins.APP_KEY);
			QqFailure.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
		}
		assertThat(keyValues()).containsEntry("exception", "QQ_CONNECT")
			.containsEntry("status", "CLIENT_ERROR")
			.containsEntry("outcome", "UNKNOWN");
	}

	@Tag("T-20")
	@Test
	void callWhenTracedThenTraceHeadersAreNotSent() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<SenderContext<Object>>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof SenderContext<?>;
			}

			@Override
			public void onStart(SenderContext<Object> context) {
				assertThat(context.getKind()).isEqualTo(Kind.CLIENT);
				Object carrier = context.getCarrier();
				assertThat(carrier).isNotNull();
				context.getSetter().set(carrier, "traceparent", "00-trace");
			}
		});
		this.server.always(RawServer.reply("{\"access_token\":\"A\"}"));
		QqLogins.token(this.client, this.server);
		assertThat(this.server.request().header("traceparent")).isNull();
	}

}
