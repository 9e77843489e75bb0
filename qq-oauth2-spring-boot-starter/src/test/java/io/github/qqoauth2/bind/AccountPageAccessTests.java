package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;

class AccountPageAccessTests {

	private static final TestingAuthenticationToken ALICE = new TestingAuthenticationToken("alice", null, "USER");

	private static final RequestMatcher ACCOUNT_PAGE = (request) -> request.getServletPath().equals("/account/qq");

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login/qq/bind");

	private boolean isGranted(SecurityFilterChain... chains) {
		this.beans.addBean("springSecurityFilterChain", new FilterChainProxy(new ArrayList<>(List.of(chains))));
		return isGranted();
	}

	private boolean isGranted() {
		return new AccountPageAccess(this.beans.getBeanProvider(FilterChainProxy.class)).isGranted(this.request, ALICE);
	}

	private static SecurityFilterChain chain(RequestMatcher matcher, boolean granted) {
		return chain(matcher, (authentication, request) -> new AuthorizationDecision(granted));
	}

	private static SecurityFilterChain chain(RequestMatcher matcher, AuthorizationManager<HttpServletRequest> rules) {
		return new DefaultSecurityFilterChain(matcher, new AuthorizationFilter(rules));
	}

	@Test
	void isGrantedWhenRulesSaySoThenAsTheySay() {
		assertThat(isGranted(chain(ACCOUNT_PAGE, true))).isTrue();
	}

	@Test
	void isGrantedWhenRulesRefuseThenNot() {
		assertThat(isGranted(chain(ACCOUNT_PAGE, false))).isFalse();
	}

	@Test
	void isGrantedWhenAnotherChainServesThePageThenItsRulesCount() {
		assertThat(isGranted(chain((request) -> request.getServletPath().startsWith("/login"), true),
				chain(ACCOUNT_PAGE, false)))
			.isFalse();
		assertThat(isGranted(chain((request) -> request.getServletPath().startsWith("/login"), false),
				chain(ACCOUNT_PAGE, true)))
			.isTrue();
	}

	@Test
	void isGrantedWhenNoChainServesThePageThenNot() {
		assertThat(isGranted(chain((request) -> false, true))).isFalse();
	}

	@Test
	void isGrantedWhenRulesCannotBeAskedThenNot() {
		assertThat(isGranted()).isFalse();
		boolean granted = isGranted(chain(ACCOUNT_PAGE, (authentication, request) -> {
			throw new IllegalStateException("planted");
		}));
		assertThat(granted).isFalse();
	}

	@Test
	void isGrantedWhenRulesLookAtTheRequestThenItIsTheGetOfThePageByTheAccount() {
		this.request.setContextPath("/shop");
		this.request.setPathInfo("/rest");
		this.request.setQueryString("a=b");
		this.request.addParameter("password", "p");
		this.request.setRemoteAddr("192.0.2.7");
		AuthorizationManager<HttpServletRequest> rules = (authentication, asked) -> {
			assertThat(authentication.get()).isSameAs(ALICE);
			assertThat(asked.getMethod()).isEqualTo("GET");
			assertThat(asked.getRequestURI()).isEqualTo("/shop/account/qq");
			assertThat(asked.getRequestURL().toString()).isEqualTo("http://localhost/shop/account/qq");
			assertThat(asked.getServletPath()).isEqualTo("/account/qq");
			assertThat(asked.getPathInfo()).isNull();
			assertThat(asked.getQueryString()).isNull();
			assertThat(asked.getParameter("password")).isNull();
			assertThat(asked.getParameterValues("password")).isNull();
			assertThat(asked.getParameterMap()).isEmpty();
			assertThat(asked.getParameterNames().hasMoreElements()).isFalse();
			assertThat(asked.getRemoteAddr()).isEqualTo("192.0.2.7");
			return new AuthorizationDecision(true);
		};
		boolean granted = isGranted(chain((request) -> true, rules));
		assertThat(granted).isTrue();
	}

}
