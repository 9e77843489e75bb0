package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;

class LoginPagesFilterTests {

	private final PendingBindingRepository pendingBindings = new PendingBindingRepository(
			new HttpSessionLoginStore(PendingBindingRepository.ATTRIBUTE), (identity) -> false,
			new LoginTokens(() -> null), Duration.ofMinutes(5), Clock.systemUTC());

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/signin");

	private LoginPagesFilter filter() {
		PageLayout layout = new PageLayout(null);
		LoginMessages messages = new LoginMessages(new StaticMessageSource(), (request) -> Locale.ENGLISH);
		QqAccountBindings bindings = new QqAccountBindings(
				QqAccountBindings.jdbcStore(JdbcClient.create(new SimpleDriverDataSource())), "101", Clock.systemUTC(),
				TransactionOperations.withoutTransaction(), (event) -> {
				});
		CurrentAuthentication currentAuthentication = new CurrentAuthentication(
				SecurityContextHolder.getContextHolderStrategy(), false);
		LoginChain chain = new LoginChain(
				new AuthorizationStart("/oauth2/authorization",
						new QqAuthorizationRequestResolver(new DefaultOAuth2AuthorizationRequestResolver((id) -> null)),
						new SessionAuthorizationRequestStore(Clock.systemUTC())),
				new SavedPages(new HttpSessionRequestCache()), "/signin", false, null, null);
		LoginErrorRepository errors = new LoginErrorRepository(
				new HttpSessionLoginStore(LoginErrorRepository.ATTRIBUTE));
		LoginPages pages = new LoginPages(chain, "/signin", new BindPage(layout, messages, chain, null),
				new AccountPage(bindings, layout, messages, Clock.systemUTC()), new ErrorPage(layout, messages, chain),
				errors);
		ApiModels models = new ApiModels(bindings,
				new BindingDecision(false, currentAuthentication, bindings,
						new BoundAccounts(bindings, (account) -> null),
						new AccountPageAccess(new StaticListableBeanFactory().getBeanProvider(FilterChainProxy.class)),
						(outcome) -> {
						}),
				this.pendingBindings, null, () -> null, messages, Clock.systemUTC());
		LoginResponses responses = new LoginResponses(pages, models, new JsonResponseWriter(() -> null),
				this.pendingBindings);
		EndedLogins ended = new EndedLogins(Clock.systemUTC(), false);
		return new LoginPagesFilter(this.pendingBindings, layout, pages, responses, currentAuthentication, ended,
				new RepeatedCallback(ended, this.pendingBindings, currentAuthentication, responses,
						new QqAuthenticationSuccessHandler(new SavedRequestAwareAuthenticationSuccessHandler(), chain,
								responses, models, errors),
						new QqAuthenticationFailureHandler(new SimpleUrlAuthenticationFailureHandler(), chain,
								responses, models, errors, ended, (outcome) -> {
								})));
	}

	@Test
	@Tag("T-20")
	void doFilterWhenBindPageOfApplicationThenAttributeWithoutOpenid() throws Exception {
		PendingBinding pending = this.pendingBindings.create(new QqIdentity("101", "AAAA", "UID_1"),
				QqProfile.of(Map.of("nickname", "小明", "figureurl_qq_2", "https://thirdqq.qlogo.cn/g?s=100")), "/orders",
				false);
		this.pendingBindings.save(this.request, new MockHttpServletResponse(),
				pending.withError(LoginError.CREDENTIALS));
		MockFilterChain rest = new MockFilterChain();
		filter().doFilter(this.request, new MockHttpServletResponse(), rest);
		assertThat(rest.getRequest()).isSameAs(this.request);
		assertThat(this.request.getAttribute("qqBinding"))
			.isEqualTo(Map.of("binding", pending.id(), "expiresAt", pending.expiresAt(), "nickname", "小明", "avatarUrl",
					"https://thirdqq.qlogo.cn/g?s=100", "error", "credentials", "next", "/orders"));
	}

	@Test
	void doFilterWhenNoPendingBindingThenContinuesChain() throws Exception {
		MockFilterChain rest = new MockFilterChain();
		filter().doFilter(this.request, new MockHttpServletResponse(), rest);
		assertThat(rest.getRequest()).isSameAs(this.request);
		assertThat(this.request.getAttribute("qqBinding")).isNull();
	}

}
