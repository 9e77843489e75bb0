package io.github.qqoauth2.conversation.oauth2;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another provider in the same application, with custom beans. They serve it as without
 * the starter, and do not serve QQ.
 */
class SecondProviderIT extends AbstractOtherProviderConversation {

	private static final String STORED = HttpSessionOAuth2AuthorizationRequestRepository.class.getName()
			+ ".AUTHORIZATION_REQUEST";

	private static final Application site = OtherProvider.with(qq, "{baseUrl}/login/oauth2/code/{registrationId}")
		.source(TwoProviders.class)
		.start();

	SecondProviderIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@BeforeEach
	void clearCalls() {
		calls().clear();
	}

	private List<String> calls() {
		return this.application.bean(Calls.class).names;
	}

	private String state(String start) {
		return this.visit.authorize(start).getRawQuery().replaceFirst(".*&state=", "").replaceFirst("&.*", "");
	}

	@Test
	void otherProviderWhenLoggedInThenUsesCustomBeans() {
		String query = this.visit.authorize("oauth2/authorization/other").getRawQuery();
		assertThat(query).contains("scope=read%20write", "state=", "%3D");
		String state = query.replaceFirst(".*&state=", "").replaceFirst("&.*", "");
		Browser.Page callback = this.browser.get("login/oauth2/code/other?code=C&state=" + state);
		assertThat(callback.location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("octocat OAuth2AuthenticationToken").contains("ROLE_MAPPED");
		assertThat(calls()).isEqualTo(List.of("token other", "user other", "mapper", "save other"));
		assertThat(qq.requests()).isEmpty();
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	void otherProviderWhenFailsThenDefaultFailureUrl() {
		Browser.Page callback = this.browser
			.get("login/oauth2/code/other?error=access_denied&state=" + state("oauth2/authorization/other"));
		assertThat(callback.location()).isEqualTo("/login?error");
	}

	@Test
	void qqWhenLoggedInThenUsesNoCustomBeans() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("alice", "alice-password");
		Visit again = new Visit(this.application, qq);
		again.qqLogin(QqPerson.XIAO_MING);
		assertThat(again.browser().get("").body()).isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
		assertThat(calls()).isEmpty();
	}

	@Test
	@Tag("T-05")
	void stateWhenDeliveredToOtherProviderThenRefusedAndKept() {
		String other = state("oauth2/authorization/other");
		assertThat(this.browser.get("login/oauth2/code/qq?code=C&state=" + other).location())
			.isEqualTo("/login/qq/error");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		Browser.Page mixed = this.browser.get(callback.replace("/code/qq", "/code/other"));
		assertThat(mixed.location()).isEqualTo("/login?error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(calls()).isEmpty();
		assertThat(this.browser.get("").location()).isEqualTo("/login");
		assertThat(this.browser.get("login/qq/bind").status()).isEqualTo(410);
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/bind");
		assertThat(this.browser.get("login/oauth2/code/other?code=C&state=" + other).location())
			.isEqualTo("/?continue");
		assertThat(this.browser.get("").body()).startsWith("octocat OAuth2AuthenticationToken");
	}

	/**
	 * The state is left alone, also by a visitor who is signed in, by password or by the
	 * other provider.
	 */
	@ParameterizedTest
	@CsvSource({ "code/other, text/html, password", "code/other, application/json, password",
			"code/other, text/html, other", "code/other, application/json, other", "code/unknown, text/html, password",
			"code/unknown, application/json, other", "code/, text/html, password", "code/QQ, text/html, password" })
	@Tag("T-05")
	void stateWhenAtOtherPathWhileSignedInThenRefusedAndKept(String path, String accept, String login) {
		if (login.equals("password")) {
			this.visit.login("alice", "alice-password");
		}
		else {
			this.browser.get("login/oauth2/code/other" + OtherProvider.approve(this.visit));
		}
		String user = this.browser.get("").body();
		assertThat(user).matches("(alice|octocat) .*");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		for (String query : List.of(callback, callback.replaceFirst("code=[^&]*", "error=access_denied"))) {
			this.browser.header("Accept", accept);
			Browser.Page mixed = this.browser.get(query.replaceFirst("code/qq", path));
			assertThat(mixed.location()).isEqualTo("/login?error");
			assertThat(this.browser.get("login?error").status()).isEqualTo(200);
			this.browser.header("Accept", "text/html");
			assertThat(this.browser.get("").body()).isEqualTo(user);
		}
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(this.browser.get(callback).location()).isEqualTo("/account/qq");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-58")
	void tabsWhenQqIsFirstThenOtherRequestIsUnchangedAndBothWork() {
		String other = "login/oauth2/code/other" + OtherProvider.approve(this.visit);
		HttpSession session = this.application.bean(Site.Sessions.class).of(this.browser);
		Object stored = session.getAttribute(STORED);
		assertThat(stored).isNotNull();
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		this.visit.bind("alice", "alice-password");
		assertThat(this.browser.get("").body()).startsWith("alice ");
		assertThat(session.getAttribute(STORED)).isSameAs(stored);
		assertThat(this.browser.get(other).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("octocat ");
	}

	@Test
	@Tag("T-58")
	void tabsWhenOtherIsFirstThenBothWork() {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		String other = "login/oauth2/code/other" + OtherProvider.approve(this.visit);
		assertThat(this.browser.get(other).location()).isEqualTo("/");
		assertThat(this.browser.get(callback).location()).isEqualTo("/account/qq");
		assertThat(this.browser.get("account/qq").body()).contains("小明", "to your account octocat?");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * Records the calls of beans.
	 */
	static class Calls {

		final List<String> names = new CopyOnWriteArrayList<>();

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoProviders extends Site.WithoutChain {

		@Bean
		Calls calls() {
			return new Calls();
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

		@Bean
		OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens(Calls calls) {
			return (request) -> {
				calls.names.add("token " + request.getClientRegistration().getRegistrationId());
				return OAuth2AccessTokenResponse.withToken("other-token")
					.tokenType(OAuth2AccessToken.TokenType.BEARER)
					.build();
			};
		}

		@Bean
		OAuth2UserService<OAuth2UserRequest, OAuth2User> otherUsers(Calls calls) {
			return (request) -> {
				calls.names.add("user " + request.getClientRegistration().getRegistrationId());
				return new DefaultOAuth2User(AuthorityUtils.createAuthorityList("ROLE_OTHER"),
						Map.of("login", "octocat"), "login");
			};
		}

		@Bean
		GrantedAuthoritiesMapper mapper(Calls calls) {
			return (authorities) -> {
				if (authorities.stream().noneMatch((authority) -> "ROLE_OTHER".equals(authority.getAuthority()))) {
					return authorities;
				}
				calls.names.add("mapper");
				return AuthorityUtils.createAuthorityList("ROLE_MAPPED");
			};
		}

		@Bean
		OAuth2AuthorizedClientRepository clients(Calls calls) {
			return new OAuth2AuthorizedClientRepository() {

				@Override
				@SuppressWarnings("TypeParameterUnusedInFormals")
				public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String registrationId,
						Authentication principal, HttpServletRequest request) {
					return null;
				}

				@Override
				public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal,
						HttpServletRequest request, HttpServletResponse response) {
					calls.names.add("save " + client.getClientRegistration().getRegistrationId());
				}

				@Override
				public void removeAuthorizedClient(String registrationId, Authentication principal,
						HttpServletRequest request, HttpServletResponse response) {
					calls.names.add("remove " + registrationId);
				}

			};
		}

	}

}
