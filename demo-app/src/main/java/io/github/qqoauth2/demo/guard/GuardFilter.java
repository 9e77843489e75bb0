package io.github.qqoauth2.demo.guard;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * One guard for all the doors: the shop's login, both forms of the bind page, and
 * whatever sends or takes a code.
 */
@Component
public final class GuardFilter extends OncePerRequestFilter {

	/** The forms with a picture, and the pages that they are on. */
	private static final Map<String, String> WITH_CAPTCHA = Map.of("/login", "/login?error=captcha", "/login/qq/bind",
			"/bind?tab=login&error=captcha", "/login/qq/register", "/bind?tab=register&error=captcha");

	private static final Set<String> LIMITED = Set.of("/bind/code", "/password", "/password/forgotten/code",
			"/password/forgotten/sms", "/password/forgotten/mail", "/password/new", "/account/qq",
			"/account/qq/unlink");

	private final Failures failures;

	private final Captcha captcha;

	private final AttemptLimit limit;

	GuardFilter(Failures failures, Captcha captcha, AttemptLimit limit) {
		this.failures = failures;
		this.captcha = captcha;
		this.limit = limit;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getMethod().equals("POST")
				|| (!WITH_CAPTCHA.containsKey(path(request)) && !LIMITED.contains(path(request)));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Duration wait = this.limit.take(request.getRemoteAddr());
		if (!wait.isZero()) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
			response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
			return;
		}
		String page = WITH_CAPTCHA.get(path(request));
		if (page != null) {
			TypedForm.keep(request);
		}
		if (page != null && this.failures.tooMany(request) && !this.captcha.isRight(request)) {
			response.sendRedirect(request.getContextPath() + page + next(request));
			return;
		}
		chain.doFilter(request, response);
	}

	/**
	 * Checked by the page that reads it.
	 */
	private static String next(HttpServletRequest request) {
		String next = request.getParameter("next");
		return (next != null) ? "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8) : "";
	}

	private static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

}
