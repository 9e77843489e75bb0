package io.github.qqoauth2.conversation.frontend;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A front end of a site with sessions.
 */
class FrontEndIT extends AbstractFrontEndConversation {

	static final Application site = Application.with(qq).source(FrontEndSite.class).start();

	FrontEndIT() {
		super(site);
	}

	/**
	 * The CSRF protection of this site sets a cookie in every other response.
	 */
	@Test
	@Tag("T-49")
	void filesThenNoCookie() {
		Browser browser = site.browser();
		String script = String.valueOf(browser.get("login/qq/component.js").header("Location"));
		assertThat(browser.get("login/qq/" + script).header("Cache-Control")).startsWith("public");
		assertThat(browser.cookies()).isEmpty();
		browser.get("login/qq/error");
		assertThat(browser.cookies()).containsKey("XSRF-TOKEN");
	}

	@Test
	@Tag("T-11")
	void bindThenChangesSessionId() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String before = this.frontEnd.browser().cookie("JSESSIONID");
		this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice"));
		assertThat(this.frontEnd.browser().cookie("JSESSIONID")).isNotNull().isNotEqualTo(before);
	}

	@Test
	@Tag("T-31")
	void bindWhenPasswordIsWrongFiveTimesThenPendingBindingEnds() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		FrontEnd.Answer last = null;
		for (int i = 0; i < 5; i++) {
			last = this.frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x")));
		}
		assertThat(Objects.requireNonNull(last).status()).isEqualTo(429);
		assertThat(last.code()).isEqualTo("too-many-attempts");
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(410);
		assertThat(this.application.bindings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { FrontEnd.CALLBACK, FrontEnd.BIND, FrontEnd.REGISTER, FrontEnd.ACCOUNT, "account/qq/link",
			"account/qq/unlink" })
	@Tag("T-41")
	void postWhenCsrfTokenIsMissingThenForbiddenAndNothingChanges(String path) {
		Map<String, ?> body = prepare(path);
		Map<String, String> bindings = this.application.bindings();
		this.frontEnd.browser().removeCookie("XSRF-TOKEN");
		this.frontEnd.browser().header("X-XSRF-TOKEN", null);
		qq.clearRequests();
		assertProblem(this.frontEnd.post(path, body), 403, "forbidden");
		assertThat(this.application.bindings()).isEqualTo(bindings);
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(qq.requests()).isEmpty();
		this.frontEnd.get("login/qq/error");
		assertThat(this.frontEnd.post(path, body).status()).as("with its token")
			.isEqualTo(path.equals(FrontEnd.CALLBACK) ? 401 : 200);
	}

	/**
	 * Prepares a POST to this path.
	 * @return the body
	 */
	private Map<String, ?> prepare(String path) {
		return switch (path) {
			case FrontEnd.CALLBACK -> this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
			case FrontEnd.BIND -> proof(this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding(), "alice");
			case FrontEnd.REGISTER -> with(this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding(), FORM);
			case FrontEnd.ACCOUNT -> {
				signIn("alice");
				yield with(this.frontEnd.link(QqPerson.XIAO_MING, "/").binding(), Map.of("password", "alice-password"));
			}
			case "account/qq/link" -> {
				signIn("alice");
				yield Map.of("next", "/orders");
			}
			default -> {
				bindTo("alice");
				yield Map.of("password", "alice-password");
			}
		};
	}

	@Test
	@Tag("T-43")
	void startWhenRepeatedThenSessionDoesNotGrow() {
		for (int i = 0; i < 4; i++) {
			this.frontEnd.get(FrontEnd.START);
		}
		Browser browser = this.frontEnd.browser();
		HttpSession session = this.application.bean(Site.Sessions.class)
			.ofCookie(Objects.requireNonNull(browser.cookie("JSESSIONID")));
		List<String> attributes = Collections.list(session.getAttributeNames());
		int sessions = this.application.bean(Site.Sessions.class).all().size();
		for (int i = 0; i < 300; i++) {
			this.frontEnd.get(FrontEnd.START);
		}
		assertThat(Collections.list(session.getAttributeNames())).hasSameSizeAs(attributes);
		assertThat(Collections.list(session.getAttributeNames()))
			.filteredOn((name) -> name.startsWith("SPRING_SECURITY_QQ_REQUEST."))
			.hasSize(4);
		assertThat(this.application.bean(Site.Sessions.class).all()).hasSize(sessions);
	}

	/**
	 * QQ redirects to the server, which redirects to pages of the front end.
	 */
	@Test
	void callbackWhenByServerThenFrontEndReadsPendingBinding() {
		Browser browser = this.frontEnd.browser();
		String callback = qq.approve(FrontEnd.authorizationUrl(this.frontEnd.get(FrontEnd.START)), QqPerson.XIAO_MING)
			.getRawQuery();
		browser.header("Accept", "text/html");
		assertThat(browser.get(FrontEnd.CALLBACK + "?" + callback).location()).isEqualTo("/login/qq/bind");
		assertThat(this.frontEnd.get(FrontEnd.BIND).text("nickname")).isEqualTo("小明");
		browser.header("Accept", "text/html");
		assertThat(browser.get(FrontEnd.CALLBACK + "?" + callback).location()).isEqualTo("/login/qq/bind");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		browser.get(FrontEnd.CALLBACK + "?code=C&state=unknown");
		FrontEnd.Answer error = this.frontEnd.get("login/qq/error");
		assertThat(error.status()).isEqualTo(400);
		assertThat(error.code()).isEqualTo("expired");
		assertThat(error.text("errorId")).isNotNull();
	}

	@Test
	void responsesWhenTableIsUnavailableThenProblems() {
		bindTo("alice");
		this.application.jdbc().sql("alter table qq_account_binding rename to unavailable").update();
		try {
			assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).code()).isEqualTo("internal");
			assertThat(this.frontEnd.post("account/qq/unlink", Map.of("password", "alice-password")).code())
				.isEqualTo("not-saved");
			assertThat(new FrontEnd(this.application, qq).qqLogin(QqPerson.XIAO_MING).code()).isEqualTo("internal");
		}
		finally {
			this.application.jdbc().sql("alter table unavailable rename to qq_account_binding").update();
		}
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	@Test
	void rememberMeWhenRequestedThenCookie() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		Map<String, Object> body = proof(binding, "alice");
		body.put("remember-me", true);
		this.frontEnd.post(FrontEnd.BIND, body);
		assertThat(this.frontEnd.browser().cookie("remember-me")).isNotNull();
	}

}
