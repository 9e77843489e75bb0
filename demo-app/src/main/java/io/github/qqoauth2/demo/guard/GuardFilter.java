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
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import io.github.qqoauth2.demo.spa.SpaRequest;
import io.github.qqoauth2.demo.spa.SpaResponseWriter;

/**
 * Protects every form that checks a password or a code, or that sends a message. All of
 * them share one rate limit; the login form and both forms of the bind page also require
 * a captcha after several failures.
 */
@Component
public final class GuardFilter extends OncePerRequestFilter {

	/** The forms that may require a captcha, and the pages that contain them. */
	private static final Map<String, String> WITH_CAPTCHA = Map.of("/login", "/login?error=captcha", "/login/qq/bind",
			"/bind?tab=login&error=captcha", "/login/qq/register", "/bind?tab=register&error=captcha");

	private static final Set<String> LIMITED = Set.of("/bind/code", "/password", "/password/forgotten/code",
			"/password/forgotten/sms", "/password/forgotten/mail", "/password/new", "/account/qq",
			"/account/qq/unlink");

	private final Failures failures;

	private final Captcha captcha;

	private final AttemptLimit limit;

	private final SpaResponseWriter responses;

	private final boolean oneClick;

	GuardFilter(Failures failures, Captcha captcha, AttemptLimit limit, SpaResponseWriter responses,
			@Value("${onepage.one-click:false}") boolean oneClick) {
		this.failures = failures;
		this.captcha = captcha;
		this.limit = limit;
		this.responses = responses;
		this.oneClick = oneClick;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getMethod().equals("POST")
				|| (!WITH_CAPTCHA.containsKey(path(request)) && !LIMITED.contains(path(request)));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Duration wait = this.limit.consume(request.getRemoteAddr());
		if (!wait.isZero()) {
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
			reject(request, response);
			return;
		}
		String page = WITH_CAPTCHA.get(path(request));
		if (page != null && !SpaRequest.matches(request)) {
			TypedForm.keep(request);
		}
		if (page != null && checks(request) && this.failures.tooMany(request) && !this.captcha.verify(request)) {
			askForCaptcha(request, response, page);
			return;
		}
		chain.doFilter(request, response);
	}

	/**
	 * Returns whether the form checks a password or a code. One click checks neither.
	 */
	private boolean checks(HttpServletRequest request) {
		return !this.oneClick || !path(request).equals("/login/qq/register");
	}

	private void reject(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (SpaRequest.matches(request)) {
			this.responses.problem(request, response, HttpStatus.TOO_MANY_REQUESTS, "too-often", "error.429.text");
			return;
		}
		response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
	}

	private void askForCaptcha(HttpServletRequest request, HttpServletResponse response, String page)
			throws IOException {
		if (SpaRequest.matches(request)) {
			this.responses.problem(request, response, HttpStatus.BAD_REQUEST, "captcha", "login.error.captcha");
			return;
		}
		response.sendRedirect(request.getContextPath() + page + next(request));
	}

	/**
	 * The pages validate this parameter.
	 */
	private static String next(HttpServletRequest request) {
		String next = request.getParameter("next");
		return (next != null) ? "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8) : "";
	}

	private static String path(HttpServletRequest request) {
		return request.getRequestURI().substring(request.getContextPath().length());
	}

}
