package io.github.qqoauth2.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of replies that are not QQ's: too large, compressed, redirects, HTML pages, other
 * statuses.
 */
class ForeignReplyTests {

	private static final String TOKEN = "{\"access_token\":\"AT\",\"openid\":\"" + QqLogins.OPENID + "\"}";

	private final RawServer server = new RawServer().always(RawServer.reply(TOKEN));

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void tokenWhenBodyExceedsLimitThenTooLarge() {
		String padding = " ".repeat(64 * 1024 - TOKEN.length());
		this.server.always(RawServer.reply(TOKEN + padding));
		assertThat(QqLogins.token(this.client, this.server).getAccessToken().getTokenValue()).isEqualTo("AT");
		this.server.always(RawServer.reply(TOKEN + padding + " "));
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_TOO_LARGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1073741824\r\n\r\n", "Connection: close\r\n\r\n",
			"Transfer-Encoding: chunked\r\n\r\n" })
	void tokenWhenBodyIsEndlessThenFailsWithoutDraining(String header) throws InterruptedException {
		CountDownLatch closed = new CountDownLatch(1);
		AtomicLong written = new AtomicLong();
		String part = header.startsWith("Transfer") ? "400\r\n" + "a".repeat(1024) + "\r\n" : "a".repeat(1024);
		this.server.always((socket) -> {
			try {
				RawServer.raw("HTTP/1.1 200 OK\r\n" + header).answer(socket);
				while (written.addAndGet(part.length()) < 1L << 32) {
					RawServer.raw(part).answer(socket);
				}
			}
			finally {
				closed.countDown();
			}
		});
		long start = System.nanoTime();
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_TOO_LARGE);
		assertThat(elapsed(start)).isLessThan(Duration.ofSeconds(1));
		// the JDK's selector may take three seconds to release a closed socket
		assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(written).hasValueLessThan(32 * 1024 * 1024);
	}

	@Test
	void tokenWhenReplyIsCompressedThenNotProtocol() throws IOException {
		for (byte[] body : List.of(gzip(TOKEN.getBytes(StandardCharsets.UTF_8)), gzip(new byte[10_000_000]),
				gzip(gzip(TOKEN.getBytes(StandardCharsets.UTF_8))), "no gzip".getBytes(StandardCharsets.UTF_8))) {
			for (String encoding : List.of("gzip", "GZIP", "deflate", "br", "gzip, gzip", "x")) {
				this.server.always(RawServer.reply(200, body, "Content-Encoding: " + encoding));
				QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
				assertThat(failure.fault()).isEqualTo(Fault.QQ_NOT_PROTOCOL);
			}
		}
		assertThat(this.server.requests())
			.allSatisfy((request) -> assertThat(request.header("Accept-Encoding")).isEqualTo("identity"));
		this.server.always(RawServer.reply(200, TOKEN.getBytes(StandardCharsets.UTF_8), "Content-Encoding: identity"));
		assertThat(QqLogins.token(this.client, this.server)).isNotNull();
	}

	private static byte[] gzip(byte[] body) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(body);
		}
		return bytes.toByteArray();
	}

	@Tag("T-24")
	@ParameterizedTest
	@ValueSource(ints = { 300, 301, 302, 303, 307, 308 })
	void tokenWhenRedirectedThenNotFollowed(int status) throws IOException {
		try (RawServer other = new RawServer().always(RawServer.reply(TOKEN))) {
			String location = other.url() + "/?code=" + QqLogins.CODE + "&client_secret=" + QqLogins.APP_KEY;
			this.server
				.always(RawServer.reply(status, TOKEN.getBytes(StandardCharsets.UTF_8), "Location: " + location));
			QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_REDIRECT);
			assertThat(failure.message()).contains("was redirected to host 127.0.0.1 after");
			assertThat(other.connections()).isZero();
			assertThat(this.server.requests()).hasSize(1);
		}
	}

	@Tag("T-24")
	@Test
	void tokenWhenRedirectHasNoHostThenRedirectFault() {
		for (String location : List.of("", "/path", "http://a b/", "//", "http://[", "javascript:x")) {
			this.server.always(RawServer.reply(302, new byte[0], "Location: " + location));
			assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).fault())
				.isEqualTo(Fault.QQ_REDIRECT);
		}
		this.server.always(RawServer.reply(304, new byte[0]));
		assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).fault()).isEqualTo(Fault.QQ_REDIRECT);
	}

	@Test
	void tokenWhenHtmlPageThenMessageHasTypeAndLengthOnly() {
		List<String> pages = List.of("<html>", "<!DOCTYPE html><html><body>Login</body></html>", "<!-- x -->",
				"\uFEFF<html></html>", "\r\n\r\n<HTML>", "<?xml version=\"1.0\"?><a/>", "<script>location='/'</script>",
				"<h1>502 Bad Gateway</h1>", "<html>access_token=A&expires_in=1</html>",
				"<html>callback( {\"error\":100020} );</html>", "<html><title>系统维护</title></html>");
		for (String page : pages) {
			this.server.always(RawServer.reply(page));
			QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_NOT_PROTOCOL);
			int length = page.getBytes(StandardCharsets.UTF_8).length;
			assertThat(failure.message()).contains("returned status 200, text/html, " + length + " bytes after");
		}
		this.server.always(RawServer.reply(200, "code/" + QqLogins.CODE, "<html>"));
		assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).message())
			.contains("returned status 200, another content type, 6 bytes after");
		this.server.always(RawServer.reply(200, "<html>".getBytes(StandardCharsets.UTF_8)));
		assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).message())
			.contains("returned status 200, no content type, 6 bytes after");
	}

	@Test
	void tokenWhenStatusIsNotOkThenMessageHasStatus() {
		for (int status : new int[] { 201, 203, 400, 401, 403, 404, 407, 429, 500, 502, 503, 504, 599 }) {
			for (String body : List.of("", "<html>", TOKEN, "{\"error\":0}")) {
				this.server.always(RawServer.reply(status, "text/html", body));
				QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
				assertThat(failure.fault()).isEqualTo(Fault.QQ_HTTP);
				assertThat(failure.message()).contains("returned status " + status + " after");
			}
		}
	}

	private static Duration elapsed(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
