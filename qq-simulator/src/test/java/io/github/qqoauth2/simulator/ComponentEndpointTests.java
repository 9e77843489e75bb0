package io.github.qqoauth2.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ComponentEndpoint} and its pages. The demo's tests run the script in a
 * browser.
 */
class ComponentEndpointTests {

	private static final String REDIRECT = Pattern.quote(TestClient.REDIRECT_URI)
			+ "\\?code=[0-9A-F]{32}&(amp;)?state=5b9c63e79bd1a8f0";

	private final MutableClock clock = new MutableClock();

	private final QqSimulator simulator = new QqSimulatorBuilder().clock(this.clock).start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	private HttpResponse<String> frame(Map<String, String> parameters) {
		return this.client.get(QqEndpoint.COMPONENT_FRAME, parameters, "Accept-Language", "en");
	}

	private String scan() {
		return TestClient.match("/jssdk/phone\\?scan=([0-9A-F]{32})", frame(TestClient.authorize()).body());
	}

	private String status(String scan) {
		return this.client.get(QqEndpoint.COMPONENT_STATUS, Map.of("scan", scan)).body();
	}

	private String phone(String scan, Map<String, String> form) {
		Map<String, String> all = TestClient.with(form, "scan", scan);
		return (form.isEmpty() ? this.client.get(QqEndpoint.COMPONENT_PHONE, all, "Accept-Language", "en")
				: this.client.post(QqEndpoint.COMPONENT_PHONE, all, "Accept-Language", "en"))
			.body();
	}

	private String post(Map<String, String> form) {
		Map<String, String> all = TestClient.authorize();
		all.putAll(form);
		return this.client.post(QqEndpoint.COMPONENT_FRAME, all, "Accept-Language", "en").body();
	}

	@Test
	void scriptThenDefinesComponent() {
		HttpResponse<String> script = this.client.get(QqEndpoint.COMPONENT, Map.of());
		assertThat(script.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
		assertThat(script.body()).contains("window.QQLogin =");
	}

	@Test
	void frameWhenValidThenAllWaysAndStrictPolicyThatAllowsFraming() {
		HttpResponse<String> page = frame(TestClient.authorize());
		assertThat(page.body()).contains("<svg", "Scan with QQ on your phone", "Quick sign-in", "小明",
				"Account and password");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).startsWith("default-src 'none'")
			.containsPattern("script-src 'sha256-[^']+'")
			.doesNotContain("unsafe-inline", "frame-ancestors");
	}

	@ParameterizedTest
	@CsvSource({ "client_id, 999, 100008", "redirect_uri, https://evil.test/, 100010", "response_type, token, 100000" })
	void frameWhenParameterIsWrongThenRefusedAsOnTheConsentPage(String name, String value, String number) {
		Map<String, String> wrong = TestClient.with(TestClient.authorize(), name, value);
		assertThat(frame(wrong).body()).contains(number).doesNotContain("<svg");
		assertThat(post(Map.of(name, value, "action", "agree", "person", "xiaoming"))).contains(number)
			.doesNotContain("data-location");
	}

	@Test
	void frameWhenQuickLoginThenRedirectWithCodeAndState() {
		assertThat(post(Map.of("action", "agree", "person", "panda")))
			.containsPattern("data-location=\"" + REDIRECT + "\"");
	}

	@Test
	void frameWhenAccountAndAnyPasswordThenRedirectAndUnknownAccountIsNamed() {
		assertThat(post(Map.of("action", "agree", "person", "xiaoming", "password", "x")))
			.containsPattern("data-location=\"" + REDIRECT + "\"");
		assertThat(post(Map.of("action", "agree", "person", "unknown", "password", "x")))
			.contains("There is no such account.")
			.doesNotContain("data-location", "\"unknown\"", "value=\"x\"");
	}

	@Test
	void frameWhenCancelledThenRedirectsOfTheConsentPage() {
		assertThat(post(Map.of("action", "usercancel"))).contains("?usercancel=1&amp;state=");
		assertThat(post(Map.of("action", "deny"))).contains("?error=access_denied&amp;state=");
	}

	@Test
	void scanWhenConfirmedThenRedirectOnce() {
		String scan = scan();
		assertThat(status(scan)).isEqualTo("{\"status\":\"waiting\"}");
		assertThat(phone(scan, Map.of())).contains("Confirm on your phone", "小明");
		assertThat(status(scan)).isEqualTo("{\"status\":\"scanned\"}");
		assertThat(phone(scan, Map.of("action", "agree", "person", "xiaoming"))).contains("Confirmed.");
		assertThat(status(scan)).containsPattern("\"status\":\"confirmed\"").containsPattern(REDIRECT);
		assertThat(phone(scan, Map.of("action", "agree", "person", "panda"))).contains("no longer valid");
		String code = TestClient.match("code=([0-9A-F]{32})", status(scan));
		assertThat(this.client.get(QqEndpoint.TOKEN, TestClient.token(code)).body()).contains("access_token=");
	}

	@Test
	void scanWhenCancelledThenNoRedirect() {
		String scan = scan();
		assertThat(phone(scan, Map.of("action", "cancel"))).contains("Cancelled.");
		assertThat(status(scan)).isEqualTo("{\"status\":\"cancelled\"}");
		assertThat(phone(scan, Map.of("action", "agree", "person", "xiaoming"))).contains("no longer valid");
	}

	@Test
	void scanWhenExpiredThenNoRedirect() {
		String scan = scan();
		this.clock.advance(ScanCodes.LIFETIME.minus(Duration.ofMillis(1)));
		assertThat(status(scan)).contains("waiting");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(status(scan)).isEqualTo("{\"status\":\"expired\"}");
		assertThat(phone(scan, Map.of("action", "agree", "person", "xiaoming"))).contains("no longer valid");
		assertThat(status("unknown")).contains("expired");
	}

	@Test
	void scanWhenExpiredByDeveloperThenExpired() {
		String scan = scan();
		assertThat(post(Map.of("action", "expire", "scan", scan))).contains(scan);
		assertThat(status(scan)).contains("expired");
	}

	@Test
	void resetThenCodesAreForgotten() {
		String scan = scan();
		this.simulator.reset();
		assertThat(status(scan)).contains("expired");
	}

}
