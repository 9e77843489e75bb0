package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;

class QqLoginPagesFilterTests {

	private final PendingBindingRepository pendings = new PendingBindingRepository(Duration.ofMinutes(5),
			Clock.systemUTC());

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/signin");

	private QqLoginPagesFilter filter() {
		QqPage page = new QqPage(null);
		QqMessages messages = new QqMessages(new StaticMessageSource(), (request) -> Locale.ENGLISH);
		LoginChain chain = new LoginChain("{baseUrl}/login/oauth2/code/qq");
		return new QqLoginPagesFilter(this.pendings, page, new QqBindPage(page, messages, chain, null),
				new QqErrorPage(page, messages, new LoginErrorRepository(), this.pendings, chain), "/signin");
	}

	@Test
	@Tag("T-20")
	void requestWhenAPageOfTheSiteShowsWhoWaitsThenItKnowsTheProfileAndNoIdentifier() throws Exception {
		PendingBinding pending = this.pendings.create(new QqIdentity("101", "AAAA", "UID_1"),
				QqProfile.of(Map.of("nickname", "小明", "figureurl_qq_2", "https://thirdqq.qlogo.cn/g?s=100")), "/orders",
				false);
		this.pendings.save(this.request, pending.withError(LoginError.CREDENTIALS));
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
