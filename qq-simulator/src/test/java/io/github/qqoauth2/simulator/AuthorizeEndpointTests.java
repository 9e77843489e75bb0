package io.github.qqoauth2.simulator;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AuthorizeEndpoint} and its pages.
 */
class AuthorizeEndpointTests {

	private final QqSimulator simulator = QqSimulator.start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void getWhenValidThenShowsAllPeople() {
		HttpResponse<String> response = open(TestClient.authorize());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
		assertThat(response.body()).contains("模拟器", "小明", "🐼🎋", "昵称为空", "101000001", "127.0.0.1:8080")
			.containsPattern("value=\"xiaoming\" checked>");
	}

	@Test
	void getWhenValidThenPageHasStrictSecurityHeaders() {
		HttpResponse<String> response = open(TestClient.authorize());
		assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
			.startsWith("default-src 'none'")
			.contains("frame-ancestors 'none'")
			.doesNotContain("unsafe-inline");
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(response.body()).doesNotContain("<script", "http-equiv", "style=");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			en                      | Sign in with QQ
			en-GB,en;q=0.9,zh;q=0.8 | Sign in with QQ
			zh-CN,zh;q=0.9,en;q=0.8 | 使用 QQ 登录
			fr                      | 使用 QQ 登录
			;;;                     | 使用 QQ 登录
			""")
	void getWhenAcceptLanguageThenUsesLanguage(String language, String heading) {
		HttpResponse<String> response = this.client.get(QqEndpoint.AUTHORIZE, TestClient.authorize(), "Accept-Language",
				language);
		assertThat(response.body()).contains("<h1>" + heading + "</h1>");
	}

	@Test
	void getWhenParametersContainMarkupThenEscapesIt() {
		Map<String, String> parameters = TestClient.with(TestClient.authorize(), "state", "\"><script>x('&')</script>");
		this.simulator.addPerson(new QqPerson("<b>", "\"'><img src=x>", "男", null));
		assertThat(open(TestClient.with(parameters, "<i>", "<u>")).body())
			.contains("value=\"&quot;&gt;&lt;script&gt;x(&#39;&amp;&#39;)&lt;/script&gt;\"",
					"&quot;&#39;&gt;&lt;img src=x&gt;", "value=\"&lt;b&gt;\"", "name=\"&lt;i&gt;\" value=\"&lt;u&gt;\"")
			.doesNotContain("<script", "<img", "<b>", "<i>", "<u>");
	}

	@Test
	void postWhenAgreedThenRedirectsWithCodeAndState() {
		Map<String, String> form = form(open(TestClient.with(TestClient.authorize(), "state", "a b&c=d/+%=")).body());
		form.put("person", "panda");
		form.put("action", "agree");
		assertThat(post(form))
			.matches(Pattern.quote(TestClient.REDIRECT_URI) + "\\?code=[0-9A-F]{32}&state=a%20b%26c%3Dd%2F%2B%25%3D");
	}

	@Test
	void postWhenRedirectUriHasQueryThenKeepsQuery() {
		Map<String, String> form = TestClient.with(TestClient.authorize(), "redirect_uri",
				TestClient.REDIRECT_URI + "?next=%2F");
		form.put("person", "xiaoming");
		form.put("action", "agree");
		assertThat(post(form)).startsWith(TestClient.REDIRECT_URI + "?next=%2F&code=");
	}

	@Test
	void postWhenPersonIsUnknownThenShowsConsentPage() {
		Map<String, String> form = TestClient.with(TestClient.authorize(), "action", "agree");
		HttpResponse<String> response = this.client.post(QqEndpoint.AUTHORIZE, form);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).contains("name=\"person\"");
	}

	@Test
	void postWhenCancelledOnComputerThenShowsClosedPage() {
		Map<String, String> form = TestClient.with(TestClient.authorize(), "action", "cancel");
		HttpResponse<String> response = this.client.post(QqEndpoint.AUTHORIZE, form);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Location")).isEmpty();
		assertThat(response.body()).contains("你取消了 QQ 登录");
	}

	@Test
	void postWhenCancelledOnMobileThenRedirectsAsRecorded() {
		Map<String, String> form = TestClient.with(TestClient.authorize(), "action", "cancel");
		String recorded = URI.create(Recorded.reply("authorize-callback-usercancel.txt")).getQuery();
		assertThat(URI.create(post(TestClient.with(form, "display", "mobile"))).getQuery())
			.isEqualTo(recorded.replace("state=test", "state=5b9c63e79bd1a8f0"));
	}

	@ParameterizedTest
	@CsvSource({ "usercancel,usercancel=1", "deny,error=access_denied" })
	void postWhenDeveloperOptionThenRedirectsWithOutcome(String action, String outcome) {
		assertThat(post(TestClient.with(TestClient.authorize(), "action", action)))
			.isEqualTo(TestClient.REDIRECT_URI + "?" + outcome + "&state=5b9c63e79bd1a8f0");
	}

	@Test
	void getWhenAppIsUnknownThenShowsRecordedErrorPage() {
		Map<String, String> parameters = TestClient.with(TestClient.authorize(), "client_id", "101825092");
		assertErrorPage(parameters, Recorded.reply("authorize-error-page-100008.txt"));
		assertErrorPage(parameters, "应用还没通过审核");
	}

	@Test
	void getWhenRedirectUriIsIllegalThenShowsRecordedErrorPage() {
		Map<String, String> parameters = TestClient.with(TestClient.authorize(), "redirect_uri", "https://evil.test/");
		assertErrorPage(parameters, Recorded.reply("authorize-error-page-100010.txt"));
	}

	@ParameterizedTest
	@CsvSource({ "client_id,100001", "redirect_uri,100010", "response_type,100000", "state,100029" })
	void getWhenParameterIsMissingThenShowsErrorPage(String parameter, String number) {
		assertErrorPage(TestClient.without(TestClient.authorize(), parameter), "(" + number + ")");
	}

	@Test
	void postWhenRedirectUriIsIllegalThenDoesNotRedirect() {
		Map<String, String> form = TestClient.with(TestClient.authorize(), "redirect_uri", "https://evil.test/");
		HttpResponse<String> response = this.client.post(QqEndpoint.AUTHORIZE,
				TestClient.with(TestClient.with(form, "person", "panda"), "action", "agree"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Location")).isEmpty();
	}

	@Test
	void approveWhenValidThenReturnsRecordedLocation() {
		URI location = this.simulator.approve(url(TestClient.authorize()), QqPerson.XIAO_MING);
		String recorded = Recorded.reply("authorize-callback-observed.txt").strip();
		assertThat(Recorded.shape(location.getQuery()).replace("5b9c63e79bd1a8f0", "S"))
			.isEqualTo(Recorded.shape(URI.create(recorded).getQuery()).replaceAll("state=.*", "state=S"));
	}

	@Test
	void approveWhenCalledThenRecordsUnchangedQuery() {
		String query = "response_type=code&client_id=101000001&state=%e5%b0%8F&redirect_uri=http://localhost:1/a&display=mobile";
		this.simulator.approve(URI.create(this.simulator.url() + "/oauth2.0/authorize?" + query), QqPerson.PANDA);
		assertThat(this.simulator.requests(QqEndpoint.AUTHORIZE)).singleElement().satisfies((request) -> {
			assertThat(request.rawQuery()).isEqualTo(query);
			assertThat(request.parameter("state")).isEqualTo("小");
			assertThat(request.parameter("display")).isEqualTo("mobile");
		});
	}

	@Test
	void approveWhenErrorPageThenFailsWithText() {
		URI url = url(TestClient.without(TestClient.authorize(), "redirect_uri"));
		assertThatIllegalStateException().isThrownBy(() -> this.simulator.approve(url, QqPerson.PANDA))
			.withMessageContaining("redirect uri is illegal(100010)");
	}

	@Test
	void approveWhenUrlIsNotOfSimulatorThenFails() {
		URI url = URI.create("https://graph.qq.com/oauth2.0/authorize?client_id=1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.approve(url, QqPerson.PANDA));
	}

	@Test
	void cancelAndDenyWhenValidThenReturnLocation() {
		URI url = url(TestClient.authorize());
		assertThat(this.simulator.cancel(url)).hasQuery("usercancel=1&state=5b9c63e79bd1a8f0");
		assertThat(this.simulator.deny(url)).hasQuery("error=access_denied&state=5b9c63e79bd1a8f0");
	}

	@Test
	void getWhenAppHasRedirectUriThenRejectsOthers() {
		this.simulator.addApp(new QqApp("102000002", "key", Set.of("https://app.example.com/back"), false));
		Map<String, String> parameters = TestClient.with(TestClient.authorize(), "client_id", "102000002");
		assertErrorPage(parameters, "(100010)");
		assertThat(open(TestClient.with(parameters, "redirect_uri", "https://app.example.com/back?a=b")).body())
			.contains("app.example.com");
	}

	private void assertErrorPage(Map<String, String> parameters, String text) {
		HttpResponse<String> response = open(parameters);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Location")).isEmpty();
		assertThat(response.body()).contains(Html.escape(text.strip())).doesNotContain("<form");
	}

	private HttpResponse<String> open(Map<String, String> parameters) {
		return this.client.get(QqEndpoint.AUTHORIZE, parameters);
	}

	private URI url(Map<String, String> parameters) {
		return this.client.uri(QqEndpoint.AUTHORIZE, parameters);
	}

	private String post(Map<String, String> form) {
		HttpResponse<String> response = this.client.post(QqEndpoint.AUTHORIZE, form);
		assertThat(response.statusCode()).isEqualTo(302);
		return response.headers().firstValue("Location").orElseThrow();
	}

	private static Map<String, String> form(String page) {
		Map<String, String> fields = new LinkedHashMap<>();
		Matcher field = Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">").matcher(page);
		while (field.find()) {
			fields.put(field.group(1), field.group(2).replace("&amp;", "&"));
		}
		return fields;
	}

}
