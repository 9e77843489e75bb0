package io.github.qqoauth2.simulator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.simulator.RawClient.End;
import io.github.qqoauth2.simulator.RawClient.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link QqReply}, as received by a socket.
 */
class QqReplyTests {

	private static final QqReply HELLO = QqReply.of(200, "text/plain", "hello, world");

	private final QqSimulator simulator = QqSimulator.start();

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void ofWhenSentThenHasStatusHeadersAndBytes() throws IOException {
		byte[] gbk = "小明".getBytes(Charset.forName("GBK"));
		Result result = send(QqReply.of(503, "text/html; charset=utf-8", gbk).withHeader("retry-after", "7"));
		assertThat(result.head()).startsWith("HTTP/1.1 503")
			.contains("Content-Type: text/html; charset=utf-8", "Content-Length: 4")
			.containsIgnoringCase("Retry-After: 7");
		assertThat(result.body()).isEqualTo(gbk);
		assertThat(result.end()).isEqualTo(End.FIN);
	}

	@Test
	void ofWhenContentTypeIsEmptyThenSendsNone() throws IOException {
		assertThat(send(QqReply.of(200, "", "x")).head()).doesNotContainIgnoringCase("content-type");
		assertThat(send(HELLO.withHeader("CONTENT-TYPE", "a/b")).head()).contains("a/b").doesNotContain("text/plain");
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 403, 429, 500, 502 })
	void statusWhenSentThenIsHtmlPage(int status) throws IOException {
		Result result = send(QqReply.status(status));
		assertThat(result.head()).startsWith("HTTP/1.1 " + status).contains("text/html");
		assertThat(result.bodyText()).startsWith("<html>");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/oauth2.0/token              | callback( {"error":-7,"error_description":"a\\"b"} );
			/oauth2.0/token?fmt=json     | {"error":-7,"error_description":"a\\"b"}
			/oauth2.0/me                 | callback( {"error":-7,"error_description":"a\\"b"} );
			/oauth2.0/me?fmt=json        | {"error":-7,"error_description":"a\\"b"}
			/user/get_user_info          | {"ret":-7,"msg":"a\\"b"}
			""")
	void errorWhenSentThenHasFormatOfEndpoint(String path, String body) throws IOException {
		QqEndpoint endpoint = QqEndpoint.at(path.replaceAll("\\?.*", ""));
		assertThat(endpoint).isNotNull();
		this.simulator.enqueue(endpoint, QqReply.error(-7, "a\"b"));
		Result result = RawClient.get(this.simulator.url(), path);
		assertThat(result.head()).startsWith("HTTP/1.1 200");
		assertThat(result.bodyText().strip()).isEqualTo(body);
	}

	@Test
	void errorWhenSentByAuthorizeThenIsPage() throws IOException {
		this.simulator.enqueue(QqEndpoint.AUTHORIZE, QqReply.error(100008, "not <reviewed>"));
		assertThat(RawClient.get(this.simulator.url(), QqEndpoint.AUTHORIZE).bodyText())
			.contains("not &lt;reviewed&gt;(100008)");
	}

	@Test
	void normalWhenModifiedThenSendsModifiedReplyOfEndpoint() throws IOException {
		Result result = send(QqReply.normal().withHeader("X-Extra", "1").delayed(Duration.ofMillis(300)));
		assertThat(result.head()).contains("X-Extra: 1", "text/html");
		assertThat(result.bodyText()).startsWith("{\"error\":100004,");
		assertThat(result.elapsed()).isGreaterThan(Duration.ofMillis(300));
	}

	@Test
	void hangWhenSentThenClosesWithoutBytes() throws IOException {
		Result result = send(QqReply.hang(Duration.ofMillis(400)));
		assertThat(result.bytes()).isEmpty();
		assertThat(result.end()).isEqualTo(End.FIN);
		assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
	}

	@Test
	void hangWhenManyThenAnswersOtherRequests() throws IOException {
		List<Socket> hanging = new ArrayList<>();
		try {
			for (int i = 0; i < 300; i++) {
				this.simulator.enqueue(QqEndpoint.TOKEN, QqReply.hang(Duration.ofMinutes(10)));
				Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.simulator.url().getPort());
				hanging.add(socket);
				socket.getOutputStream()
					.write("GET /oauth2.0/token HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			}
			assertThat(RawClient.get(this.simulator.url(), QqEndpoint.ME).head()).startsWith("HTTP/1.1 200");
		}
		finally {
			for (Socket socket : hanging) {
				socket.close();
			}
		}
	}

	@Test
	void dripWhenSentThenDelaysPortions() throws IOException {
		Result result = send(HELLO.drip(2, Duration.ofMillis(60)));
		assertThat(result.bodyText()).isEqualTo("hello, world");
		assertThat(result.head()).contains("Content-Length: 12");
		assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
	}

	@Test
	void dripWhenPeriodIsLongThenSendsFirstBytesOnly() throws IOException {
		assertThat(sendUntilSilence(HELLO.drip(1, Duration.ofMinutes(10)), "\r\n\r\nh").bodyText()).isEqualTo("h");
	}

	@Test
	void dripWhenNotHttpThenDelaysHeaders() throws IOException {
		byte[] bytes = "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
		assertThat(sendUntilSilence(QqReply.notHttp(bytes).drip(1, Duration.ofMinutes(10)), "H").text()).isEqualTo("H");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5 })
	void cutAfterWhenSentThenClosesEarly(int bytes) throws IOException {
		Result result = send(HELLO.cutAfter(bytes));
		assertThat(result.head()).contains("Content-Length: 12");
		assertThat(result.bodyText()).isEqualTo("hello, world".substring(0, bytes));
		assertThat(result.end()).isEqualTo(End.FIN);
	}

	@Test
	void resetWhenSentThenSendsRstWithoutBytes() throws IOException {
		Result result = send(QqReply.reset());
		assertThat(result.bytes()).isEmpty();
		assertThat(result.end()).isEqualTo(End.RST);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 5 })
	void resetAfterWhenSentThenSendsRstInBody(int bytes) throws IOException {
		Result result = send(HELLO.resetAfter(bytes));
		assertThat(result.head()).contains("Content-Length: 12");
		assertThat(result.bodyText()).isEqualTo("hello, world".substring(0, bytes));
		assertThat(result.end()).isEqualTo(End.RST);
	}

	@Test
	void stallAfterWhenSentThenStopsInBody() throws IOException {
		Result result = sendUntilSilence(HELLO.stallAfter(5), "hello");
		assertThat(result.bodyText()).isEqualTo("hello");
		assertThat(result.end()).isEqualTo(End.SILENCE);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 5, 99 })
	void wrongContentLengthWhenSentThenDeclaresLength(long declared) throws IOException {
		Result result = sendUntilSilence(HELLO.wrongContentLength(declared), "hello, world");
		assertThat(result.head()).startsWith("HTTP/1.1 200").contains("Content-Length: " + declared);
		assertThat(result.bodyText()).isEqualTo("hello, world");
		assertThat(result.end()).isEqualTo(End.SILENCE);
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redirectWhenSentThenHasLocation(int status) throws IOException {
		Result result = send(QqReply.redirect(URI.create("http://127.0.0.1:1/elsewhere"), status));
		assertThat(result.head()).startsWith("HTTP/1.1 " + status).contains("Location: http://127.0.0.1:1/elsewhere");
	}

	@Test
	void redirectWhenStatusIsNotRedirectThenFails() {
		assertThatIllegalArgumentException().isThrownBy(() -> QqReply.redirect(URI.create("/"), 200));
	}

	@Test
	void endlessWhenSentThenBodyDoesNotEnd() throws IOException {
		this.simulator.enqueue(QqEndpoint.TOKEN, QqReply.endless());
		Result result = RawClient.get(this.simulator.url(), "/oauth2.0/token", 32 << 20);
		assertThat(result.end()).isEqualTo(End.SIZE);
		assertThat(result.head()).contains("Transfer-Encoding: chunked").doesNotContain("Content-Length");
	}

	@Test
	void gzipWhenNotRequestedThenIsEncoded() throws IOException {
		Result result = send(QqReply.gzip("hello".getBytes(StandardCharsets.UTF_8)));
		assertThat(result.head()).contains("Content-Encoding: gzip");
		assertThat(inflate(result.body())).isEqualTo("hello");
	}

	@Test
	void gzippedWhenAppliedTwiceThenIsCompressedTwice() throws IOException {
		Result result = send(HELLO.gzipped().gzipped());
		assertThat(result.head()).contains("Content-Encoding: gzip, gzip");
		try (InputStream outer = new GZIPInputStream(new ByteArrayInputStream(result.body()))) {
			assertThat(inflate(outer.readAllBytes())).isEqualTo("hello, world");
		}
	}

	@Test
	void contentEncodingWhenBodyIsNotGzipThenDeclaresGzip() throws IOException {
		Result result = send(HELLO.withHeader("Content-Encoding", "gzip"));
		assertThat(result.head()).contains("Content-Encoding: gzip");
		assertThat(result.bodyText()).isEqualTo("hello, world");
	}

	@Test
	void gzipBombWhenSentThenInflatesToSize() throws IOException {
		long size = 200L << 20;
		Result result = sendUntilSilence(QqReply.gzipBomb(size), "\r\n0\r\n\r\n");
		assertThat(result.head()).contains("Content-Encoding: gzip", "Transfer-Encoding: chunked");
		assertThat(result.bytes().length).isLessThan(300_000);
		long inflated = 0;
		try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(unchunk(result.body())))) {
			byte[] buffer = new byte[1 << 16];
			for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
				inflated += count;
			}
		}
		assertThat(inflated).isEqualTo(size);
	}

	@Test
	void notHttpWhenSentThenBytesAreUnchanged() throws IOException {
		byte[] bytes = { 'S', 'S', 'H', 0, (byte) 0xff, '\n' };
		Result result = send(QqReply.notHttp(bytes));
		assertThat(result.bytes()).isEqualTo(bytes);
		assertThat(result.end()).isEqualTo(End.FIN);
	}

	@Test
	void modifiersWhenCombinedThenAllApply() throws IOException {
		Result result = send(
				QqReply.normal().delayed(Duration.ofMillis(200)).drip(3, Duration.ofMillis(50)).cutAfter(9));
		assertThat(result.bodyText()).isEqualTo("{\"error\":");
		assertThat(result.end()).isEqualTo(End.FIN);
		assertThat(result.elapsed()).isGreaterThan(Duration.ofMillis(300));
	}

	@Test
	void modifiersWhenAppliedThenOriginalIsUnchanged() throws IOException {
		HELLO.cutAfter(1).drip(1, Duration.ofHours(1)).withHeader("X", "Y");
		assertThat(send(HELLO).bodyText()).isEqualTo("hello, world");
	}

	@Test
	void durationsWhenOutOfBoundsThenFail() {
		assertThatIllegalArgumentException().isThrownBy(() -> QqReply.hang(Duration.ofMinutes(61)));
		assertThatIllegalArgumentException().isThrownBy(() -> HELLO.delayed(Duration.ofMillis(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> HELLO.drip(1, Duration.ofHours(2)));
	}

	private Result send(QqReply reply) throws IOException {
		this.simulator.enqueue(QqEndpoint.TOKEN, reply);
		return RawClient.get(this.simulator.url(), QqEndpoint.TOKEN);
	}

	private Result sendUntilSilence(QqReply reply, String lastText) throws IOException {
		this.simulator.enqueue(QqEndpoint.TOKEN, reply);
		return RawClient.getUntilSilence(this.simulator.url(), QqEndpoint.TOKEN.path(), lastText);
	}

	private static String inflate(byte[] bytes) throws IOException {
		try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static byte[] unchunk(byte[] chunked) throws IOException {
		ByteArrayInputStream in = new ByteArrayInputStream(chunked);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
			out.write(in.readNBytes(size));
			in.readNBytes(2);
		}
		return out.toByteArray();
	}

	private static int chunkSize(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int character = in.read(); character != '\n'; character = in.read()) {
			line.append((char) character);
		}
		return Integer.parseInt(line.toString().strip(), 16);
	}

}
