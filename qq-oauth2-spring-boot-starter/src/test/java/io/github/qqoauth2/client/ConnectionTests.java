package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import io.github.qqoauth2.client.RawServer.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of failed connections, the limit of concurrent calls, and interrupted threads.
 */
class ConnectionTests {

	private static final String TOKEN = "{\"access_token\":\"AT\",\"openid\":\"" + QqLogins.OPENID + "\"}";

	private final RawServer server = new RawServer().always(RawServer.reply(TOKEN));

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void tokenWhenConnectionIsRefusedThenFailsImmediately() throws IOException {
		try (ClosedPort port = new ClosedPort()) {
			ClientRegistration registration = QqLogins.registration(port.url(), QqLogins.APP_ID, QqLogins.APP_KEY);
			long start = System.nanoTime();
			QqFailure failure = QqFailure
				.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_CONNECT);
			assertThat(elapsed(start)).isLessThan(Duration.ofMillis(2500));
		}
	}

	@Test
	void tokenWhenHostIsUnknownThenDnsFault() {
		ClientRegistration registration = QqLogins.registration("http://qq.invalid", QqLogins.APP_ID, QqLogins.APP_KEY);
		QqFailure failure = QqFailure
			.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_DNS);
	}

	@Test
	void tokenWhenEndpointIsInvalidThenMisconfiguredWithoutCause() {
		for (String url : List.of("ftp://127.0.0.1", "graph.qq.com", "http://a b", "https://", "/path", "http:///x",
				"mailto:a@b")) {
			ClientRegistration registration = QqLogins.registration(url, QqLogins.APP_ID, QqLogins.APP_KEY);
			QqFailure failure = QqFailure
				.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_ENDPOINT);
			assertThat(failure.code()).isEqualTo(QqOAuth2Error.MISCONFIGURED);
			assertThat(failure.thrown()).hasNoCause();
		}
	}

	@Test
	void tokenWhenPortIsInvalidThenFailsWithoutCause() {
		ClientRegistration registration = QqLogins.registration("http://127.0.0.1:99999", QqLogins.APP_ID,
				QqLogins.APP_KEY);
		QqFailure failure = QqFailure
			.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
		assertThat(failure.thrown()).hasNoCause();
	}

	@Test
	void tokenWhenLimitOfConcurrentCallsIsReachedThenFailsImmediately() throws Exception {
		QqClient two = new QqClient(URI.create(this.server.url()), false, Duration.ofSeconds(2), 2,
				ObservationRegistry.NOOP);
		this.server.next(RawServer.hang(), RawServer.hang());
		List<CompletableFuture<QqFailure>> hanging = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			hanging.add(CompletableFuture.supplyAsync(() -> QqFailure.of(() -> QqLogins.token(two, this.server))));
		}
		while (this.server.requests().size() < 2) {
			RawServer.pause(10);
		}
		long start = System.nanoTime();
		QqFailure busy = QqFailure.of(() -> QqLogins.token(two, this.server));
		assertThat(elapsed(start)).isLessThan(Duration.ofMillis(200));
		assertThat(busy.fault()).isEqualTo(Fault.QQ_BUSY);
		assertThat(busy.code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(this.server.requests()).hasSize(2);
		for (CompletableFuture<QqFailure> call : hanging) {
			assertThat(call.get().fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		}
		assertThat(QqLogins.token(two, this.server)).isNotNull();
	}

	@Test
	void tokenWhenEarlierCallsFailedThenPermitsAreReleased() {
		QqClient one = new QqClient(URI.create(this.server.url()), false, Duration.ofMillis(300), 1,
				ObservationRegistry.NOOP);
		for (Behaviour fault : List.of(RawServer.hang(), RawServer.end(), RawServer.reset(), RawServer.reply("<"),
				RawServer.reply(""), RawServer.reply(500, "text/html", ""), RawServer.reply("{\"error\":1}"),
				RawServer.reply(302, "text/html", ""), RawServer.reply("a".repeat(70_000)))) {
			this.server.next(fault);
			assertThat(QqFailure.of(() -> QqLogins.token(one, this.server)).fault()).isNotEqualTo(Fault.QQ_BUSY);
		}
		assertThat(QqLogins.token(one, this.server)).isNotNull();
	}

	@Test
	void tokenWhenInterruptedThenFailsAndThreadStaysInterrupted() throws Exception {
		QqClient one = new QqClient(URI.create(this.server.url()), false, Duration.ofSeconds(6), 1,
				ObservationRegistry.NOOP);
		this.server.next(RawServer.hang());
		AtomicBoolean interrupted = new AtomicBoolean();
		FutureTask<QqFailure> call = new FutureTask<>(() -> {
			QqFailure failure = QqFailure.of(() -> QqLogins.token(one, this.server));
			interrupted.set(Thread.currentThread().isInterrupted());
			return failure;
		});
		Thread thread = new Thread(call);
		thread.start();
		while (this.server.requests().isEmpty()) {
			RawServer.pause(10);
		}
		thread.interrupt();
		assertThat(call.get().fault()).isEqualTo(Fault.QQ_IO);
		assertThat(interrupted).isTrue();
		assertThat(QqLogins.token(one, this.server)).isNotNull();
	}

	private static Duration elapsed(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
