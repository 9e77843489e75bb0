package io.github.qqoauth2.conversation.login;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several logins of one browser at once.
 */
class TabsIT extends AbstractConversation {

	private static final String REQUEST = "SPRING_SECURITY_QQ_REQUEST.";

	private static final String ENDED = "SPRING_SECURITY_QQ_ENDED.";

	private final Browser browser = this.visit.browser();

	private String startTab(QqPerson person) {
		return this.visit.approve(person, Visit.START);
	}

	private List<String> startTabs(int number) {
		List<String> tabs = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			tabs.add(startTab(QqPerson.XIAO_MING));
		}
		return tabs;
	}

	private static void assertStrings(HttpSession session, String prefix, int number) {
		assertThat(Collections.list(session.getAttributeNames())).filteredOn((name) -> name.startsWith(prefix))
			.hasSize(number)
			.allSatisfy((name) -> assertThat(session.getAttribute(name)).isInstanceOf(String.class));
	}

	@Test
	@Tag("T-58")
	void callbacksWhenTwoUnboundIdentitiesThenLatestIsPending() {
		String first = startTab(QqPerson.XIAO_MING);
		String second = startTab(QqPerson.PANDA);
		assertThat(this.browser.get(second).location()).isEqualTo("/login/qq/bind");
		assertThat(this.browser.get("login/qq/bind").body()).contains(QqPerson.PANDA.nickname());
		assertThat(this.browser.get(first).location()).isEqualTo("/login/qq/bind");
		Browser.Page page = this.browser.get("login/qq/bind");
		assertThat(page.body()).contains("小明").doesNotContain(QqPerson.PANDA.nickname());
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(2);
		this.visit.bind("alice", "alice-password");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	@Tag("T-58")
	void callbacksWhenFourTabsInterleavedThenEachHasItsIdentity() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		givenBinding(QqPerson.PANDA, "bob");
		Map<String, String> rows = application.bindings();
		String alice = startTab(QqPerson.XIAO_MING);
		String bob = startTab(QqPerson.PANDA);
		String aliceAgain = startTab(QqPerson.XIAO_MING);
		String bobAgain = startTab(QqPerson.PANDA);
		assertThat(this.browser.get(aliceAgain).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("alice ");
		String session = this.browser.cookie("JSESSIONID");
		for (String callback : List.of(bob, bobAgain)) {
			assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/error");
			assertThat(this.browser.get("login/qq/error").body()).contains("This QQ is linked to another account.");
		}
		assertThat(this.browser.get(alice).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("alice ");
		assertThat(this.browser.cookie("JSESSIONID")).isEqualTo(session);
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(4);
		assertThat(application.bindings()).isEqualTo(rows);
	}

	@Test
	@Tag("T-58")
	void callbackWhenCodeIsOfOtherTabThenIdentityOfCodeAndOnlyOnce() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		givenBinding(QqPerson.PANDA, "bob");
		String first = startTab(QqPerson.XIAO_MING);
		String second = startTab(QqPerson.PANDA);
		String mixed = second.replace(Visit.parameter(second, "state"), Visit.parameter(first, "state"));
		assertThat(this.browser.get(mixed).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("bob ");
		assertThat(this.browser.get(first).location()).isEqualTo("/");
		assertThat(qq.requests(QqEndpoint.TOKEN)).singleElement()
			.satisfies((request) -> assertThat(request.parameter("code")).isEqualTo(Visit.parameter(second, "code")));
		assertThat(this.browser.get(second).location()).isEqualTo("/login/qq/error");
		assertThat(this.browser.get("").body()).startsWith("bob ");
	}

	@Test
	@Tag("T-58")
	void startWhenFifthThenOldestIsRefused() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		List<String> tabs = startTabs(5);
		assertThat(this.browser.get(tabs.get(0)).location()).isEqualTo("/login/qq/error");
		assertThat(this.browser.get("login/qq/error").body()).contains("This sign-in is no longer valid.");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		for (String callback : tabs.subList(1, 5)) {
			assertThat(this.browser.get(callback).location()).isEqualTo("/");
			assertThat(this.browser.get("").body()).startsWith("alice ");
		}
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(4);
	}

	@Test
	@Tag("T-03")
	void callbackWhenRepeatedThenOneLoginAndSameTarget() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		startTab(QqPerson.XIAO_MING);
		assertThat(this.browser.get(callback).location()).isEqualTo("/orders/3?continue");
		Map<String, String> cookies = this.browser.cookies();
		assertThat(this.browser.get(callback).location()).isEqualTo("/orders/3?continue");
		assertThat(this.browser.cookies()).isEqualTo(cookies);
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	@Tag("T-43")
	void sessionWhenManyLoginsThenKeepsFourRequestsAndFourEnds() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		for (int i = 0; i < 3; i++) {
			startTabs(5).forEach(this.browser::get);
		}
		startTabs(6);
		HttpSession session = application.bean(Site.Sessions.class).of(this.browser);
		assertStrings(session, REQUEST, 4);
		assertStrings(session, ENDED, 4);
	}

	@Test
	void tabsWhenLoginCreatesNewSessionThenStillWork() {
		try (Application site = Application.with(qq).source(NewSession.class).start()) {
			Visit visitor = new Visit(site, qq);
			visitor.qqLogin(QqPerson.XIAO_MING);
			visitor.bind("alice", "alice-password");
			Visit again = new Visit(site, qq);
			again.browser().get("orders/7");
			String first = again.approve(QqPerson.XIAO_MING, Visit.START);
			String second = again.approve(QqPerson.XIAO_MING, Visit.START);
			String before = again.browser().cookie("JSESSIONID");
			qq.clearRequests();
			assertThat(again.browser().get(first).location()).isEqualTo("/orders/7?continue");
			assertThat(again.browser().cookie("JSESSIONID")).isNotEqualTo(before);
			assertThat(again.browser().get(first).location()).isEqualTo("/orders/7?continue");
			assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
			assertThat(again.browser().get("orders/7?continue").body()).startsWith("alice ");
			assertThat(again.browser().get(second).location()).isEqualTo("/");
			assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(2);
			HttpSession session = site.bean(Site.Sessions.class).of(again.browser());
			assertStrings(session, REQUEST, 0);
			assertStrings(session, ENDED, 2);
		}
	}

	@Test
	void tabsWhenCustomRepositoryKeepsOneRequestThenLatestWorks() {
		try (Application site = Application.with(qq).source(CustomRepository.class).start()) {
			Visit visitor = new Visit(site, qq);
			String first = visitor.approve(QqPerson.XIAO_MING, Visit.START);
			String second = visitor.approve(QqPerson.XIAO_MING, Visit.START);
			HttpSession session = site.bean(Site.Sessions.class).of(visitor.browser());
			assertStrings(session, REQUEST, 0);
			assertThat(session.getAttribute("request")).isNotNull();
			assertThat(visitor.browser().get(first).location()).isEqualTo("/login/qq/error");
			assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
			assertThat(visitor.browser().get(second).location()).isEqualTo("/login/qq/bind");
			assertThat(session.getAttribute("request")).isNull();
			assertThat(visitor.browser().get(second).location()).isEqualTo("/login/qq/bind");
			assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class NewSession extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			http.sessionManagement((sessions) -> sessions.sessionFixation((fixation) -> fixation.newSession()));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomRepository extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login((login) -> login
				.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestRepository(new LatestRequest())));
			return http.build();
		}

	}

	/**
	 * A repository of the application that keeps one request.
	 */
	static class LatestRequest implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

		@Override
		public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
			HttpSession session = request.getSession(false);
			return (session != null) ? (OAuth2AuthorizationRequest) session.getAttribute("request") : null;
		}

		@Override
		public void saveAuthorizationRequest(@Nullable OAuth2AuthorizationRequest authorization,
				HttpServletRequest request, HttpServletResponse response) {
			request.getSession().setAttribute("request", authorization);
		}

		@Override
		public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
				HttpServletResponse response) {
			OAuth2AuthorizationRequest stored = loadAuthorizationRequest(request);
			request.getSession().removeAttribute("request");
			return stored;
		}

	}

}
