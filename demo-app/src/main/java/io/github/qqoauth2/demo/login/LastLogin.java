package io.github.qqoauth2.demo.login;

import java.time.Duration;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.WebUtils;

import io.github.qqoauth2.bind.QqLogin;

/**
 * Remembers in the browser whether its last login was by QQ, so that the login page can
 * remind the visitor. The cookie contains no personal data, and no script needs it.
 */
@Component
public final class LastLogin {

	private static final String COOKIE = "last-login";

	private static final String QQ = "qq";

	private static final Duration MAX_AGE = Duration.ofDays(365);

	/** The addresses at which a QQ login ends that found no account. */
	private static final Set<String> FORMS = Set.of(QqLogin.BIND_PAGE, QqLogin.REGISTER_PAGE);

	@EventListener
	void on(InteractiveAuthenticationSuccessEvent event) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& attributes.getResponse() != null) {
			HttpServletRequest request = attributes.getRequest();
			boolean byQq = QqLogin.isQqLogin(request) || FORMS.contains(request.getServletPath());
			remember(request, attributes.getResponse(), byQq);
		}
	}

	private static void remember(HttpServletRequest request, HttpServletResponse response, boolean byQq) {
		if (byQq || WebUtils.getCookie(request, COOKIE) != null) {
			ResponseCookie cookie = ResponseCookie.from(COOKIE, byQq ? QQ : "")
				.path(request.getContextPath() + "/")
				.maxAge(byQq ? MAX_AGE : Duration.ZERO)
				.httpOnly(true)
				.secure(request.isSecure())
				.sameSite("Lax")
				.build();
			response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
		}
	}

	/**
	 * Returns how this browser last logged in.
	 * @param request the visitor's request
	 * @return {@code qq}, or {@code null} if it was not by QQ or is not known
	 */
	public static @Nullable String of(HttpServletRequest request) {
		var cookie = WebUtils.getCookie(request, COOKIE);
		return (cookie != null && QQ.equals(cookie.getValue())) ? QQ : null;
	}

}
