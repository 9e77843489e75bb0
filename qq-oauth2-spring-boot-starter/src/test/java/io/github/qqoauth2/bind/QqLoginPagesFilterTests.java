package io.github.qqoauth2.bind;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.client.QqClient;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;

class QqLoginPagesFilterTests {

	private final PendingBindingRepository pendings = new PendingBindingRepository(
			new SessionState(PendingBindingRepository.ATTRIBUTE), (identity) -> false, Duration.ofMinutes(5),
			Clock.systemUTC());

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/signin");

	/**
	 * As it stands in a chain.
	 */
	private QqLoginPagesFilter filter() {
		QqAccountBindings bindings = new QqAccountBindings(
				QqAccountBindingStore.jdbc(JdbcClient.create(new SimpleDriverDataSource())), "101", Clock.systemUTC(),
				TransactionOperations.withoutTransaction(), (event) -> {
				});
		QqClient client = new QqClient(URI.create("http://127.0.0.1:9"), false, Duration.ofSeconds(1), 1,
				ObservationRegistry.NOOP);
		QqLogin login = new QqLogin(client, bindings, (account) -> null, null, null, null, new StaticMessageSource(),
				(request) -> Locale.ENGLISH, Clock.systemUTC(), (outcome) -> {
				}, new QqLogin.Settings("/signin", Duration.ofMinutes(5), Duration.ofDays(7), false, null, null));
		return login
			.partsFor(new LoginChain("{baseUrl}/login/oauth2/code/qq"),
					new SignedIn(SecurityContextHolder.getContextHolderStrategy()),
					new OtherSessions(new StaticApplicationContext()))
			.pagesFilter();
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
