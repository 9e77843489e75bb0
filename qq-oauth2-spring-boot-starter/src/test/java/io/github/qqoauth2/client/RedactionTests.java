package io.github.qqoauth2.client;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

import io.github.qqoauth2.client.RawServer.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that exceptions, logs and observations disclose no secret and no personal data.
 */
@Tag("T-20")
class RedactionTests {

	private static final String SECRET = "CANARY+secret/1=&";

	private static final String CODE = "CANARY.code/2+=";

	private static final String TOKEN = "CANARY.token/3+=";

	private static final String OPENID = "CANARY_openid-4";

	private static final String NICKNAME = "CANARY nickname 5";

	private static final List<String> CANARIES = List.of(SECRET, CODE, TOKEN, OPENID, NICKNAME);

	private static final String ECHO = String.join(" ", CANARIES);

	private static final Pattern SERVERS = Pattern
		.compile("org\\.(eclipse\\.jetty|apache\\.(tomcat|coyote|catalina))\\.");

	private final List<String> seen = new ArrayList<>();

	private final RawServer server = new RawServer();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final QqClient client = client(Duration.ofSeconds(6));

	private final ClientRegistration registration = QqLogins.registration(this.server.url(), QqLogins.APP_ID, SECRET);

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final java.util.logging.Logger jdkRoot = java.util.logging.Logger.getLogger("");

	private final Level level = this.root.getLevel();

	private final java.util.logging.Level jdkLevel = this.jdkRoot.getLevel();

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

		@Override
		protected void append(ILoggingEvent event) {
			recordLogMessage(event.getLoggerName(), event.getFormattedMessage());
		}

	};

	private final Handler jdkHandler = new Handler() {

		@Override
		public void publish(LogRecord entry) {
			recordLogMessage(entry.getLoggerName(), entry.getMessage());
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	/**
	 * Ignores the servers of earlier tests, which may still log after they have been
	 * closed.
	 */
	private void recordLogMessage(@Nullable String logger, String message) {
		if (logger == null || !SERVERS.matcher(logger).lookingAt()) {
			this.seen.add(message);
		}
	}

	@BeforeEach
	void record() {
		this.root.setLevel(Level.TRACE);
		this.appender.start();
		this.root.addAppender(this.appender);
		this.jdkRoot.setLevel(java.util.logging.Level.ALL);
		this.jdkRoot.addHandler(this.jdkHandler);
		this.observations.observationConfig().observationHandler(new Recorder());
	}

	@AfterEach
	void stop() throws IOException {
		this.root.detachAppender(this.appender);
		this.root.setLevel(this.level);
		this.jdkRoot.removeHandler(this.jdkHandler);
		this.jdkRoot.setLevel(this.jdkLevel);
		this.server.close();
	}

	private QqClient client(Duration timeout) {
		return new QqClient(URI.create(this.server.url()), true, timeout, 1, this.observations);
	}

	static Stream<Behaviour> echoes() {
		String json = ECHO.replace("\"", "");
		return Stream.of(RawServer.reply("callback( {\"error\":100020,\"error_description\":\"" + json + "\"} );"),
				RawServer.reply("{\"ret\":-1,\"msg\":\"" + json + "\"}"),
				RawServer.reply("{\"error\":\"" + json + "\",\"" + json + "\":1}"),
				RawServer.reply("<html>" + ECHO + "</html>"), RawServer.reply(ECHO), RawServer.reply("{\"" + json),
				RawServer.reply(200, ECHO, "<html>"),
				RawServer.reply(200, "text/html;charset=" + CODE, new byte[] { -1 }),
				RawServer.reply(500, "text/html", ECHO), RawServer.reply(404, ECHO, ""),
				RawServer.reply(302, new byte[0], "Location: https://h.example/" + CODE + "?" + TOKEN + "#" + SECRET),
				RawServer.reply(302, new byte[0], "Location: https://" + OPENID + "@h.example/"),
				RawServer.reply(200, new byte[0], "Content-Encoding: " + CODE),
				RawServer.then(RawServer.raw(ECHO + "\r\n\r\n"), RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + ECHO + "\r\n\r\n"),
						RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + ECHO),
						RawServer.end()),
				RawServer.end(), RawServer.reset(), RawServer.reply("a".repeat(70_000)),
				RawServer.reply("{\"access_token\":\"" + TOKEN + " \"}"),
				RawServer.reply("{\"access_token\":\"A\",\"openid\":\"" + OPENID + " \"}"),
				RawServer.reply("{\"access_token\":\"A\",\"expires_in\":\"" + CODE + "\"}"),
				RawServer.reply("{\"client_id\":\"" + OPENID + "\",\"openid\":\"" + OPENID + "\"}"),
				RawServer.reply("{\"client_id\":\"" + QqLogins.APP_ID + "\",\"openid\":\"" + OPENID + " \"}"));
	}

	@Test
	void callsWhenRepliesEchoSecretsThenNotDisclosed() {
		echoes().forEach((echo) -> {
			this.server.always(echo);
			callAll(this.client);
		});
		assertThat(this.seen).hasSizeGreaterThan(100);
		assertNothingDisclosed();
	}

	@Test
	void callsWhenSuccessfulThenSecretsNotDisclosed() {
		this.server
			.next(RawServer.reply("{\"access_token\":\"" + TOKEN + "\",\"refresh_token\":\"" + TOKEN
					+ "\",\"openid\":\"" + OPENID + "\"}"))
			.next(RawServer.reply("{\"error\":100048,\"error_description\":\"" + ECHO + "\"}"))
			.next(RawServer.reply("{\"ret\":0,\"nickname\":\"" + NICKNAME + "\",\"openid\":\"" + OPENID + "\"}"));
		callAll(this.client);
		assertThat(this.server.requests()).hasSize(3);
		assertThat(this.seen).anyMatch((text) -> text.contains("continuing without the unionid"));
		assertNothingDisclosed();
	}

	@Test
	void callsWhenNetworkFailsThenSecretsNotDisclosed() throws IOException {
		this.server.always(RawServer.hang());
		callAll(client(Duration.ofMillis(200)));
		try (ClosedPort port = new ClosedPort()) {
			String plain = this.server.url().replace("http:", "https:");
			for (String url : List.of(port.url(), "http://qq.invalid", "ftp://h", "http://a b", plain)) {
				ClientRegistration odd = QqLogins.registration(url, QqLogins.APP_ID, SECRET);
				recordFailure(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(odd, CODE)));
			}
		}
		assertNothingDisclosed();
	}

	private void callAll(QqClient with) {
		recordFailure(() -> with.tokenClient().getTokenResponse(QqLogins.grant(this.registration, CODE)));
		OAuth2AccessToken token = new OAuth2AccessToken(TokenType.BEARER, TOKEN, Instant.now(),
				Instant.now().plusSeconds(60));
		OAuth2UserRequest request = new OAuth2UserRequest(this.registration, token, Map.of("openid", OPENID));
		recordFailure(() -> this.seen.add(with.loadIdentity(request).toString()));
		QqIdentity identity = new QqIdentity(QqLogins.APP_ID, OPENID, OPENID);
		recordFailure(() -> this.seen.add(with.loadProfile(request, identity).toString()));
		this.seen.addAll(List.of(identity.toString(), with.tokenClient().toString()));
	}

	private void recordFailure(ThrowingCallable call) {
		Throwable thrown = catchThrowable(call);
		if (thrown != null) {
			recordFailure(thrown);
		}
	}

	private void recordFailure(Throwable thrown) {
		StringWriter trace = new StringWriter();
		thrown.printStackTrace(new PrintWriter(trace));
		this.seen.add(trace.toString());
		if (thrown instanceof OAuth2AuthorizationException ex) {
			this.seen.add(ex.getError() + " " + ex.getError().getUri());
		}
		if (thrown instanceof OAuth2AuthenticationException ex) {
			this.seen.add(ex.getError() + " " + ex.getError().getUri());
		}
	}

	private void assertNothingDisclosed() {
		String all = String.join("\n", this.seen).toLowerCase(Locale.ROOT);
		assertThat(all).isNotEmpty().doesNotContain("canary");
		for (String canary : CANARIES) {
			byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
			assertThat(all).doesNotContain(canary.toLowerCase(Locale.ROOT))
				.doesNotContain(URLEncoder.encode(canary, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT))
				.doesNotContain(HexFormat.of().formatHex(bytes))
				.doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(bytes).toLowerCase(Locale.ROOT));
		}
		assertThat(all).doesNotContain("grant_type", "?", "code=", "access_token=");
	}

	// Records everything that an observation handler of the application can read.
	private final class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			RedactionTests.this.seen.add(context.toString());
		}

		@Override
		public void onError(Observation.Context context) {
			Throwable error = context.getError();
			if (error != null) {
				recordFailure(error);
			}
		}

		@Override
		public void onStop(Observation.Context context) {
			RedactionTests.this.seen.add(context.toString());
			RedactionTests.this.seen.add(context.getAllKeyValues().toString());
			if (context instanceof SenderContext<?> sender) {
				RedactionTests.this.seen.add(text(sender.getCarrier()) + text(sender.getRemoteServiceName())
						+ text(sender.getRemoteServiceAddress()));
			}
		}

		private String text(@Nullable Object value) {
			return String.valueOf(value);
		}

	}

}
