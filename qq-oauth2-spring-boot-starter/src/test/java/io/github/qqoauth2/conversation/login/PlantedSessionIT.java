package io.github.qqoauth2.conversation.login;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session's attributes of the starter contain what an attacker, another application
 * or an older version has left there. They count as absent, and the visitor starts again.
 */
@Tag("T-46")
class PlantedSessionIT extends AbstractConversation {

	private static final String PENDING = "SPRING_SECURITY_QQ_PENDING";

	private static final String ERROR = "io.github.qqoauth2.loginError";

	private static final List<String> NAMES = List.of(PENDING, ERROR, "SPRING_SECURITY_QQ_REQUEST.S",
			"SPRING_SECURITY_QQ_ENDED.S");

	static List<Object> planted() {
		List<Object> planted = new ArrayList<>(List.of(new Touchy(), new Touchy[] { new Touchy() }, Locale.CHINA, 7L,
				new byte[] { 1 }, Map.of("v", "1"), new ArrayList<>(List.of("1 {}")), Optional.empty(),
				new AtomicReference<>("1 {}")));
		planted.addAll(List.of("", " ", "1", "1 ", "{}", "[]", "null", "1 {}", "x {}", "9999999999999999999 {}",
				"1 {\"v\":\"1\"}", "1 {\"v\":\"0\",\"state\":\"S\"}", "1 {\"v\":\"1\",\"state\":\"S\"}",
				"1 {\"v\":\"1\",\"state\":\"S\",\"authorizationUri\":\"\",\"clientId\":\"\",\"attributes\":{}}",
				"1 {\"v\":\"1\",\"state\":\"T\",\"authorizationUri\":\"https://e\",\"clientId\":\"c\",\"attributes\":{}}",
				"{\"v\":\"0\",\"id\":\"a\"}", "{\"v\":\"1\",\"id\":\"a\"}", "{\"v\":1}",
				"{\"v\":\"1\",\"id\":\"a\",\"appId\":\"1\",\"openid\":\"'\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
						+ "\"failures\":\"0\",\"afterAccount\":\"false\"}",
				"{\"v\":\"1\",\"id\":\"a\",\"appId\":\"1\",\"openid\":\"A\",\"expiresAt\":\"soon\",\"failures\":\"0\","
						+ "\"afterAccount\":\"false\"}",
				"{\"v\":\"1\",\"id\":\"a\",\"appId\":\"1\",\"openid\":\"A\",\"expiresAt\":\"2999-01-01T00:00:00Z\","
						+ "\"failures\":\"x\",\"afterAccount\":\"false\"}",
				"1 SIGNED_IN", "1 FAILED 9|X", "1 FAILED ", "1 NO_SUCH_END /", "1 SAME_ACCOUNT", "0|CANCELLED|ab||/",
				"3|NO_SUCH|ab|||/", "3|CANCELLED|ab|x||/", "4|CANCELLED|ab|||/", "[".repeat(20_000),
				"\u0000\u00ac\u00ed\u0000\u0005sr", "\ud800"));
		return planted;
	}

	private HttpSession session() {
		return application.bean(Site.Sessions.class).of(this.visit.browser());
	}

	private void plant(@Nullable Object value) {
		NAMES.forEach((name) -> session().setAttribute(name, value));
	}

	@ParameterizedTest
	@MethodSource("planted")
	void requestsWhenAttributesAreForeignThenVisitorStartsAgain(Object value) {
		Browser browser = this.visit.browser();
		browser.get("orders/7");
		plant(value);
		assertThat(browser.get("login/qq/bind").status()).isEqualTo(410);
		assertThat(browser.get("login/qq/error").status()).isEqualTo(200);
		assertThat(browser.post("login/qq/bind", Map.of("binding", "a")).status()).isEqualTo(410);
		assertThat(browser.get("login/oauth2/code/qq?code=C&state=S").location()).isEqualTo("/login/qq/error");
		assertThat(browser.get("login/qq/error").body()).contains("This sign-in is no longer valid.");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		plant(value);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/orders/7?continue");
		assertThat(application.bindings()).containsOnlyKeys("alice");
	}

	@ParameterizedTest
	@MethodSource("planted")
	void requestsWhenSignedInThenUserStaysSignedInAndLinks(Object value) {
		Browser browser = this.visit.browser();
		this.visit.login("alice", "alice-password");
		plant(value);
		assertThat(browser.get("account/qq").body()).contains("No QQ linked");
		assertThat(browser.get("login/qq/error").status()).isLessThan(400);
		assertThat(browser.get("login/oauth2/code/qq?code=C&state=S").location()).isEqualTo("/login/qq/error");
		plant(value);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/account/qq");
		Browser.Page question = browser.get("account/qq");
		assertThat(browser.submit(question, "account/qq", Map.of("password", "alice-password")).location())
			.isEqualTo("/");
		assertThat(browser.get("").body()).startsWith("alice ");
	}

	/**
	 * Refuses to be used.
	 */
	static final class Touchy implements Serializable, Comparable<Touchy> {

		private static final long serialVersionUID = 1L;

		@Override
		public int compareTo(Touchy other) {
			throw new IllegalStateException("compared");
		}

		@Override
		public boolean equals(@Nullable Object other) {
			throw new IllegalStateException("compared");
		}

		@Override
		public int hashCode() {
			throw new IllegalStateException("hashed");
		}

		@Override
		public String toString() {
			return "Touchy";
		}

	}

}
