package io.github.qqoauth2.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import io.github.qqoauth2.client.RawServer.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The faults of a network between the client and QQ, one by one.
 */
class QqNetworkFaultsTests {

	private static final String TOKEN = "{\"access_token\":\"AT\",\"openid\":\"" + QqLogins.OPENID + "\"}";

	private final RawServer server = new RawServer().always(RawServer.reply(TOKEN));

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void tokenWhenCalledAgainThenConnectionIsReused() {
		for (int i = 0; i < 5; i++) {
			QqLogins.token(this.client, this.server);
		}
		assertThat(this.server.connections()).isOne();
	}

	static Stream<Behaviour> ends() {
		return Stream.of(RawServer.end(), RawServer.reset());
	}

	@ParameterizedTest
	@MethodSource("ends")
	void tokenWhenFreshConnectionEndsBeforeAnswerThenCodeIsNotSentAgain(Behaviour end) {
		this.server.always(end);
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_IO);
		assertCodeWasSentOnce(0);
	}

	@ParameterizedTest
	@MethodSource("ends")
	void tokenWhenReusedConnectionEndsBeforeAnswerThenCodeIsNotSentAgain(Behaviour end) {
		QqLogins.token(this.client, this.server);
		this.server.always(end);
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_IO);
		assertCodeWasSentOnce(1);
	}

	private void assertCodeWasSentOnce(int before) {
		// the time in which a second one would come
		RawServer.pause(200);
		assertThat(this.server.requests()).hasSize(before + 1);
		assertThat(this.server.requests().get(before).target()).contains("code=" + QqLogins.CODE);
		assertThat(this.server.openConnections()).isZero();
	}

	@Test
	void tokenWhenIdleConnectionWasClosedThenNewOne() {
		this.server.next(RawServer.then(RawServer.reply(TOKEN), RawServer.end()));
		QqLogins.token(this.client, this.server);
		RawServer.pause(200);
		QqLogins.token(this.client, this.server);
		assertThat(this.server.connections()).isEqualTo(2);
		assertThat(this.server.requests()).hasSize(2);
	}

	static Stream<Behaviour> broken() {
		String head = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
		String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		return Stream.of(RawServer.then(RawServer.raw(head + TOKEN), RawServer.end()),
				RawServer.then(RawServer.raw(head + TOKEN), RawServer.reset()),
				RawServer.then(RawServer.raw(chunked + "5\r\nabcde\r\n"), RawServer.end()),
				RawServer.then(RawServer.raw(chunked + "zz\r\n"), RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 2"), RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nContent-Le"), RawServer.reset()),
				RawServer.then(RawServer.raw("SSH-2.0-OpenSSH_9.6 code=" + QqLogins.CODE + "\r\n\r\n"),
						RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + QqLogins.CODE + "\r\n\r\n"),
						RawServer.end()));
	}

	@ParameterizedTest
	@MethodSource("broken")
	void tokenWhenAnswerBreaksOffThenOneRequestAndNoCause(Behaviour broken) {
		this.server.always(broken);
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_IO);
		assertThat(failure.code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(failure.thrown()).hasNoCause();
		assertCodeWasSentOnce(0);
	}

	static Stream<Behaviour> slow() {
		String head = "HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN.length() + "\r\n\r\n";
		return Stream.of(RawServer.hang(), RawServer.drip(head + TOKEN, 200),
				RawServer.then(RawServer.raw(head), RawServer.drip(TOKEN, 200)),
				RawServer.then(RawServer.raw(head + TOKEN.substring(1)), RawServer.hang()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
						RawServer.drip("1\r\na\r\n".repeat(1000), 200)),
				RawServer.drip("HTTP/1.1 102 Processing\r\n\r\n".repeat(1000), 10));
	}

	@ParameterizedTest
	@MethodSource("slow")
	void tokenWhenAnswerIsSlowThenEndsAtDeadlineAndConnectionIsClosed(Behaviour slow) {
		this.server.always(slow);
		QqClient hurried = QqLogins.client(this.server, Duration.ofMillis(700));
		long start = System.nanoTime();
		QqFailure failure = QqFailure.of(() -> QqLogins.token(hurried, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(elapsed(start)).isBetween(Duration.ofMillis(650), Duration.ofMillis(1500));
	}

	@Test
	void tokenWhenBodyDripsThenConnectionIsClosedAtDeadline() {
		String head = "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n";
		this.server.always(RawServer.then(RawServer.raw(head), RawServer.drip("a".repeat(60_000), 20)));
		QqClient hurried = QqLogins.client(this.server, Duration.ofMillis(400));
		assertThat(QqFailure.of(() -> QqLogins.token(hurried, this.server)).fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		RawServer.pause(500);
		assertThat(this.server.openConnections()).isZero();
	}

	@Test
	void callWhenLoginHasTimeLeftThenThreeSecondsAtMost() {
		this.server.always(RawServer.hang());
		long start = System.nanoTime();
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(elapsed(start)).isBetween(Duration.ofMillis(2900), Duration.ofMillis(3900));
	}

	@Test
	void laterCallsWhenTokenTookLongThenShareTheTimeOfTheLogin() {
		Behaviour late = (socket) -> {
			RawServer.pause(600);
			RawServer.reply("{\"access_token\":\"AT\"}").answer(socket);
		};
		this.server.next(late).always(RawServer.hang());
		QqClient hurried = QqLogins.client(this.server, Duration.ofSeconds(1));
		ClientRegistration registration = QqLogins.registration(this.server);
		long start = System.nanoTime();
		var request = QqLogins.userRequest(registration, QqLogins.token(hurried, this.server));
		assertThat(QqFailure.of(() -> hurried.loadIdentity(request)).fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(elapsed(start)).isBetween(Duration.ofMillis(950), Duration.ofMillis(1500));
		int sent = this.server.requests().size();
		QqIdentity identity = new QqIdentity(QqLogins.APP_ID, QqLogins.OPENID, null);
		QqFailure failure = QqFailure.of(() -> hurried.loadProfile(request, identity));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(failure.message()).contains("had no time left");
		assertThat(this.server.requests()).hasSize(sent);
	}

	@Test
	void tokenWhenBodyIsAtLimitThenReadAndBeyondRefused() {
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
	void tokenWhenBodyIsEndlessThenEndsAtOnceAndIsNotDrained(String header) {
		AtomicBoolean cut = new AtomicBoolean();
		String part = header.startsWith("Transfer") ? "400\r\n" + "a".repeat(1024) + "\r\n" : "a".repeat(1024);
		Behaviour endless = RawServer.endless("HTTP/1.1 200 OK\r\n" + header, part);
		this.server.always((socket) -> {
			try {
				endless.answer(socket);
			}
			catch (IOException ex) {
				cut.set(true);
				throw ex;
			}
		});
		long start = System.nanoTime();
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_TOO_LARGE);
		assertThat(elapsed(start)).isLessThan(Duration.ofSeconds(1));
		RawServer.pause(300);
		assertThat(cut).isTrue();
	}

	@Test
	void tokenWhenAnswerIsCompressedThenRefusedAndNeverInflated() throws IOException {
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
	void tokenWhenRedirectedThenOtherHostSeesNothing(int status) throws IOException {
		try (RawServer other = new RawServer().always(RawServer.reply(TOKEN))) {
			String location = other.url() + "/?code=" + QqLogins.CODE + "&client_secret=" + QqLogins.APP_KEY;
			this.server
				.always(RawServer.reply(status, TOKEN.getBytes(StandardCharsets.UTF_8), "Location: " + location));
			QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_REDIRECT);
			assertThat(failure.message()).contains("was sent on to host 127.0.0.1 after");
			assertThat(other.connections()).isZero();
			assertThat(this.server.requests()).hasSize(1);
		}
	}

	@Tag("T-24")
	@Test
	void tokenWhenRedirectNamesNoHostThenStillTypedError() {
		for (String location : List.of("", "/path", "http://a b/", "//", "http://[", "javascript:x")) {
			this.server.always(RawServer.reply(302, new byte[0], "Location: " + location));
			assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).fault())
				.isEqualTo(Fault.QQ_REDIRECT);
		}
		this.server.always(RawServer.reply(304, new byte[0]));
		assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).fault()).isEqualTo(Fault.QQ_REDIRECT);
	}

	@Test
	void tokenWhenPageOfHtmlThenNotProtocolWithTypeAndLengthOnly() {
		List<String> pages = List.of("<html>", "<!DOCTYPE html><html><body>Login</body></html>", "<!-- x -->",
				"\uFEFF<html></html>", "\r\n\r\n<HTML>", "<?xml version=\"1.0\"?><a/>", "<script>location='/'</script>",
				"<h1>502 Bad Gateway</h1>", "<html>access_token=A&expires_in=1</html>",
				"<html>callback( {\"error\":100020} );</html>", "<html><title>系统维护</title></html>");
		for (String page : pages) {
			this.server.always(RawServer.reply(page));
			QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_NOT_PROTOCOL);
			int length = page.getBytes(StandardCharsets.UTF_8).length;
			assertThat(failure.message()).contains("answered status 200, text/html, " + length + " bytes after");
		}
		this.server.always(RawServer.reply(200, "code/" + QqLogins.CODE, "<html>"));
		assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).message())
			.contains("answered status 200, another content type, 6 bytes after");
		this.server.always(RawServer.reply(200, "<html>".getBytes(StandardCharsets.UTF_8)));
		assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).message())
			.contains("answered status 200, no content type, 6 bytes after");
	}

	@Test
	void tokenWhenStatusIsNotOkThenStatus() {
		for (int status : new int[] { 201, 203, 400, 401, 403, 404, 407, 429, 500, 502, 503, 504, 599 }) {
			for (String body : List.of("", "<html>", TOKEN, "{\"error\":0}")) {
				this.server.always(RawServer.reply(status, "text/html", body));
				QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
				assertThat(failure.fault()).isEqualTo(Fault.QQ_HTTP);
				assertThat(failure.message()).contains("answered status " + status + " after");
			}
		}
	}

	@Test
	void tokenWhenConnectionIsRefusedThenTypedErrorWithHarmlessCause() throws IOException {
		this.server.close();
		long start = System.nanoTime();
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_CONNECT);
		assertThat(elapsed(start)).isLessThan(Duration.ofMillis(2500));
	}

	@Test
	void tokenWhenNobodyAcceptsThenConnectTimeoutAfterTwoSeconds() throws IOException {
		List<Socket> waiting = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < 4; i++) {
				Socket socket = new Socket();
				waiting.add(socket);
				new Thread(() -> connect(socket, full)).start();
			}
			RawServer.pause(300);
			ClientRegistration registration = QqLogins.registration("http://127.0.0.1:" + full.getLocalPort(),
					QqLogins.APP_ID, QqLogins.APP_KEY);
			long start = System.nanoTime();
			QqFailure failure = QqFailure
				.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_CONNECT_TIMEOUT);
			assertThat(elapsed(start)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2900));
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	private static void connect(Socket socket, ServerSocket server) {
		try {
			socket.connect(server.getLocalSocketAddress());
		}
		catch (IOException ex) {
			// closed at the end of the test
		}
	}

	@Test
	void tokenWhenHostHasNoAddressThenDns() {
		ClientRegistration registration = QqLogins.registration("http://qq.invalid", QqLogins.APP_ID, QqLogins.APP_KEY);
		QqFailure failure = QqFailure
			.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_DNS);
	}

	@Test
	void tokenWhenAddressIsUnusableThenOperatorIsToldWithoutIt() {
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
	void tokenWhenAsManyCallsAreUnderWayAsAllowedThenBusyAtOnce() throws Exception {
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
	void tokenWhenCallsFailedInAnyWayThenTheirPlacesAreFree() {
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
	void tokenWhenThreadIsInterruptedThenEndsAndStaysInterrupted() throws Exception {
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
