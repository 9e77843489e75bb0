package io.github.qqoauth2.demo.login;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/**
 * Adds the security headers of the pages. Each page has the strictest content security
 * policy that it allows.
 */
@Component
final class PageHeaders {

	/**
	 * Has no {@code form-action}, because browsers also apply it to the redirect after a
	 * form submission, which leads to QQ.
	 */
	private static final String PAGE = "default-src 'none'; style-src 'self'; "
			+ "img-src 'self' https://*.qlogo.cn; base-uri 'none'; frame-ancestors 'none'";

	private static final String SCRIPT_PAGE = PAGE + "; script-src 'self'; connect-src 'self'";

	/** The pages with a countdown to the next code. */
	private static final RequestMatcher SCRIPT_PAGES = new OrRequestMatcher(
			PathPatternRequestMatcher.pathPattern("/bind"),
			PathPatternRequestMatcher.pathPattern("/password/forgotten"));

	/** The pages with QQ's login component: the login page and the single-page app. */
	private static final RequestMatcher COMPONENT_PAGES = new OrRequestMatcher(
			PathPatternRequestMatcher.pathPattern("/login"), PathPatternRequestMatcher.pathPattern("/app/**"));

	private final String componentPage;

	/**
	 * Creates the policies. From which hosts QQ's frame comes is not documented, so all
	 * of QQ's are allowed.
	 */
	PageHeaders(@Value("${qq.simulator.url:}") String simulator) {
		boolean simulated = !simulator.isEmpty();
		String script = simulated ? simulator : "https://res.connect.qq.com";
		String frame = simulated ? simulator : "https://*.qq.com";
		this.componentPage = PAGE + "; script-src 'self' " + script + "; connect-src 'self'; frame-src " + frame;
	}

	void addTo(HeadersConfigurer<HttpSecurity> headers) {
		headers.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
			.addHeaderWriter(policy(SCRIPT_PAGES, SCRIPT_PAGE))
			.addHeaderWriter(policy(COMPONENT_PAGES, this.componentPage))
			.addHeaderWriter(policy(new AndRequestMatcher(new NegatedRequestMatcher(SCRIPT_PAGES),
					new NegatedRequestMatcher(COMPONENT_PAGES)), PAGE));
	}

	private static HeaderWriter policy(RequestMatcher pages, String policy) {
		return new DelegatingRequestMatcherHeaderWriter(pages, new ContentSecurityPolicyHeaderWriter(policy));
	}

}
