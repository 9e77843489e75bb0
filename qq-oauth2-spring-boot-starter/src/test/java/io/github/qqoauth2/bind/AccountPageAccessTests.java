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
	void isGrantedWhenRulesGrantThenTrue() {
		assertThat(isGranted(chain(ACCOUNT_PAGE, true))).isTrue();
	}

	@Test
	void isGrantedWhenRulesDenyThenFalse() {
		assertThat(isGranted(chain(ACCOUNT_PAGE, false))).isFalse();
	}

	@Test
	void isGrantedWhenSeveralChainsThenUsesRulesOfMatchingChain() {
		assertThat(isGranted(chain((request) -> request.getServletPath().startsWith("/login"), true),
				chain(ACCOUNT_PAGE, false)))
			.isFalse();
		assertThat(isGranted(chain((request) -> request.getServletPath().startsWith("/login"), false),
				chain(ACCOUNT_PAGE, true)))
			.isTrue();
	}

	@Test
	void isGrantedWhenNoChainMatchesThenFalse() {
		assertThat(isGranted(chain((request) -> false, true))).isFalse();
	}

	@Test
	void isGrantedWhenRulesFailThenFalse() {
		assertThat(isGranted()).isFalse();
		boolean granted = isGranted(chain(ACCOUNT_PAGE, (authentication, request) -> {
			throw new IllegalStateException("failed");
		}));
		assertThat(granted).isFalse();
	}

	@Test
	void isGrantedWhenRulesReadRequestThenGetOfPageByAccount() {
		this.request.setContextPath("/shop");
		this.request.setPathInfo("/rest");
		this.request.setQueryString("a=b");
		this.request.addParameter("password", "p");
		this.request.setRemoteAddr("192.0.2.7");
		AuthorizationManager<HttpServletRequest> rules = (authentication, page) -> {
			assertThat(authentication.get()).isSameAs(ALICE);
			assertThat(page.getMethod()).isEqualTo("GET");
			assertThat(page.getRequestURI()).isEqualTo("/shop/account/qq");
			assertThat(page.getRequestURL().toString()).isEqualTo("http://localhost/shop/account/qq");
			assertThat(page.getServletPath()).isEqualTo("/account/qq");
			assertThat(page.getPathInfo()).isNull();
			assertThat(page.getQueryString()).isNull();
			assertThat(page.getParameter("password")).isNull();
			assertThat(page.getParameterValues("password")).isNull();
			assertThat(page.getParameterMap()).isEmpty();
			assertThat(page.getParameterNames().hasMoreElements()).isFalse();
			assertThat(page.getRemoteAddr()).isEqualTo("192.0.2.7");
			return new AuthorizationDecision(true);
		};
		boolean granted = isGranted(chain((request) -> true, rules));
		assertThat(granted).isTrue();
	}

}
