package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;

class QqLoginPagesFilterTests {

	private final PendingBindingRepository pendings = new PendingBindingRepository(
			new SessionState(PendingBindingRepository.ATTRIBUTE), (identity) -> false, Duration.ofMinutes(5),
			Clock.systemUTC());

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/signin");

	private QqLoginPagesFilter filter() {
		QqPage page = new QqPage(null);
		QqMessages messages = new QqMessages(new StaticMessageSource(), (request) -> Locale.ENGLISH);
		QqAccountBindings bindings = new QqAccountBindings(
				QqAccountBindings.jdbcStore(JdbcClient.create(new SimpleDriverDataSource())), "101", Clock.systemUTC(),
				TransactionOperations.withoutTransaction(), (event) -> {
				});
		SignedIn signedIn = new SignedIn(SecurityContextHolder.getContextHolderStrategy(), false);
		LoginChain chain = new LoginChain(
				new AuthorizationStart("/oauth2/authorization",
						new QqAuthorizationRequestResolver(new DefaultOAuth2AuthorizationRequestResolver((id) -> null)),
						new SessionAuthorizationRequestStore(Clock.systemUTC())),
				new SavedPages(new HttpSessionRequestCache()), "/signin", false, null, null);
		LoginErrorRepository errors = new LoginErrorRepository(new SessionState(LoginErrorRepository.ATTRIBUTE));
		LoginPages pages = new LoginPages(chain, "/signin", new QqBindPage(page, messages, chain, null),
				new QqAccountPage(bindings, page, messages, Clock.systemUTC()), new QqErrorPage(page, messages, chain),
				errors);
		ApiModels models = new ApiModels(bindings, new BindingDecision(false, signedIn, bindings,
				new BoundAccounts(bindings, (account) -> null), (outcome) -> {
				}), this.pendings, null, null, messages, Clock.systemUTC());
		Answers answers = new Answers(pages, models, this.pendings);
		EndedLogins ended = new EndedLogins(Clock.systemUTC(), false);
		return new QqLoginPagesFilter(this.pendings, page, pages, answers, signedIn, ended,
				new RepeatedCallback(ended, this.pendings, signedIn, answers,
						new QqSuccessHandler(new SavedRequestAwareAuthenticationSuccessHandler(), chain, answers,
								models, errors),
						new QqFailureHandler(new SimpleUrlAuthenticationFailureHandler(), chain, answers, models,
								errors, ended, (outcome) -> {
								})));
	}

	@Test
	@Tag("T-20")
	void requestWhenAPageOfTheSiteShowsWhoWaitsThenItKnowsTheProfileAndNoIdentifier() throws Exception {
		PendingBinding pending = this.pendings.create(new QqIdentity("101", "AAAA", "UID_1"),
				QqProfile.of(Map.of("nickname", "小明", "figureurl_qq_2", "https://thirdqq.qlogo.cn/g?s=100")), "/orders",
				false);
		this.pendings.save(this.request, new MockHttpServletResponse(), pending.withError(LoginError.CREDENTIALS));
		MockFilterChain rest = new MockFilterChain();
		filter().doFilter(this.request, new MockHttpServletResponse(), rest);
		assertThat(rest.getRequest()).isSameAs(this.request);
		assertThat(this.request.getAttribute("qqBinding"))
			.isEqualTo(Map.of("binding", pending.id(), "expiresAt", pending.expiresAt(), "nickname", "小明", "avatarUrl",
					"https://thirdqq.qlogo.cn/g?s=100", "error", "credentials", "next", "/orders"));
	}

	@Test
	void requestWhenNobodyWaitsThenPasses() throws Exception {
		MockFilterChain rest = new MockFilterChain();
		filter().doFilter(this.request, new MockHttpServletResponse(), rest);
		assertThat(rest.getRequest()).isSameAs(this.request);
		assertThat(this.request.getAttribute("qqBinding")).isNull();
	}

}
