package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import io.github.qqoauth2.bind.QqJsonResponseMapper.Kind;
import io.github.qqoauth2.bind.QqJsonResponseMapper.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JsonResponseWriter}, and for the responses of
 * {@link JsonLoginResponse} if the mapper fails.
 */
@ExtendWith(OutputCaptureExtension.class)
class JsonResponseWriterTests {

	private static final Response ACCOUNT = new Response(Kind.ACCOUNT, 200, Map.of("token", "SECRET"));

	private static final Response PROBLEM = new Response(Kind.PROBLEM, 409, Map.of("code", "other-qq"));

	private final MockHttpServletRequest request = LoginFixture.json(LoginFixture.get("/account/qq"));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final List<Response> seen = new ArrayList<>();

	private JsonResponseWriter writer(@Nullable QqJsonResponseMapper mapper) {
		return new JsonResponseWriter(() -> mapper);
	}

	private void write(@Nullable QqJsonResponseMapper mapper, Response answer) throws Exception {
		JsonResponseWriter writer = writer(mapper);
		writer.write(this.response, writer.map(this.request, answer));
	}

	private void assertWritten(int status, String contentType, String body) throws Exception {
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getContentType()).isEqualTo(contentType + ";charset=UTF-8");
		assertThat(this.response.getContentAsString()).isEqualTo(body);
		assertThat(this.response.getHeader("Cache-Control")).isEqualTo("no-store, private");
		assertThat(this.response.isCommitted()).isTrue();
	}

	@Test
	void writeWhenNoMapperThenDefault() throws Exception {
		write(null, PROBLEM);
		assertWritten(409, "application/problem+json", "{\"code\":\"other-qq\"}");
	}

	@Test
	void writeWhenMapperThenItsResponse() throws Exception {
		Map<String, @Nullable Object> envelope = new HashMap<>();
		envelope.put("data", null);
		write((request, answer) -> {
			assertThat(request).isSameAs(this.request);
			this.seen.add(answer);
			return answer.with(200, envelope);
		}, PROBLEM);
		assertWritten(200, "application/json", "{\"data\":null}");
		assertThat(this.seen).containsExactly(PROBLEM);
	}

	@Test
	void writeWhenMapperLeavesProblemThenStaysProblem() throws Exception {
		write((request, answer) -> answer, PROBLEM);
		assertWritten(409, "application/problem+json", "{\"code\":\"other-qq\"}");
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 205, 304 })
	void writeWhenStatusAllowsNoContentThenWritesHeadersOnly(int status) throws Exception {
		this.response.setHeader("Allow", "POST");
		write((request, answer) -> answer.with(status, Map.of("code", 0)), PROBLEM);
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getContentAsString()).isEmpty();
		assertThat(this.response.getContentType()).isNull();
		assertThat(this.response.getHeader("Allow")).isEqualTo("POST");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0, 100, 199, 600 })
	void mapWhenStatusInvalidThenFails(int status) {
		assertThatIllegalStateException()
			.isThrownBy(() -> writer((request, answer) -> answer.with(status, Map.of())).map(this.request, ACCOUNT))
			.withMessageContaining("status " + status);
	}

	@Test
	@SuppressWarnings("NullAway")
	void mapWhenNullThenFails() {
		assertThatIllegalStateException().isThrownBy(() -> writer((request, answer) -> null).map(this.request, ACCOUNT))
			.withMessageContaining("null");
	}

	@Test
	void mapWhenValueIsNoJsonThenFails() {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> writer((request, answer) -> answer.with(200, Map.of("n", Double.NaN))).map(this.request,
					ACCOUNT));
	}

	@Test
	void mapWhenFailedBeforeThenNotCalledAgain() {
		JsonResponseWriter writer = writer((request, answer) -> {
			this.seen.add(answer);
			throw new IllegalStateException("x");
		});
		assertThatIllegalStateException().isThrownBy(() -> writer.map(this.request, ACCOUNT));
		assertThat(writer.map(this.request, PROBLEM).status()).isEqualTo(409);
		assertThat(this.seen).containsExactly(ACCOUNT);
	}

	@Test
	void hasMapperWhenItCannotBeCreatedThenTrue() {
		Supplier<@Nullable QqJsonResponseMapper> failing = () -> {
			throw new IllegalStateException("two beans");
		};
		assertThat(new JsonResponseWriter(failing).hasMapper()).isTrue();
		assertThat(writer(null).hasMapper()).isFalse();
	}

	@Test
	void responseWhenPrintedOrChangedThenNoSecretAndRefused() {
		assertThat(ACCOUNT).hasToString("Response[kind=ACCOUNT, status=200]");
		assertThat(writer(null).map(this.request, ACCOUNT)).hasToString("Mapped[status=200]");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> ACCOUNT.body().put("code", 0));
	}

	/**
	 * Each answer ends as the problem {@code internal} in the default form, with one line
	 * in the log.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "account", "error", "start", "none" })
	void answerWhenMapperFailsThenInternal(String answer, CapturedOutput output) throws Exception {
		LoginFixture fixture = new LoginFixture();
		fixture.mapper = (request, response) -> {
			this.seen.add(response);
			throw new IllegalStateException("of the bean");
		};
		JsonLoginResponse json = fixture.responses.json(this.request, this.response);
		switch (answer) {
			case "account" -> json.account(LoginFixture.password("alice"), null);
			case "error" -> json.error(new LoginErrorRepository.Shown(LoginError.METHOD_NOT_ALLOWED, null, null, null));
			case "start" -> json.toQq("https://graph.qq.com/?state=STATE");
			default -> json.noError(null);
		}
		assertThat(this.response.getStatus()).isEqualTo(503);
		assertThat(this.response.getContentType()).startsWith("application/problem+json");
		assertThat(this.response.getContentAsString()).contains("\"code\":\"internal\"")
			.doesNotContain("of the bean", "STATE", "alice");
		assertThat(this.seen).hasSize(1);
		assertThat(output).containsOnlyOnce("WARN").contains("The QqJsonResponseMapper failed for Response[kind=");
	}

}
