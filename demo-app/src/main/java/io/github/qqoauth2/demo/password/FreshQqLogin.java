package io.github.qqoauth2.demo.password;

import java.time.Clock;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * Notes when a session was signed in by QQ. To an account without a password of its own
 * that is the only proof there is, and a session left open is none.
 */
@Component
final class FreshQqLogin {

	private static final Duration FRESH = Duration.ofMinutes(10);

	private static final String ATTRIBUTE = FreshQqLogin.class.getName();

	private final Clock clock;

	FreshQqLogin(Clock clock) {
		this.clock = clock;
	}

	@EventListener
	void on(InteractiveAuthenticationSuccessEvent event) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& QqLogin.isQqLogin(attributes.getRequest()) && !SpaRequest.wantsToken(attributes.getRequest())) {
			attributes.getRequest().getSession().setAttribute(ATTRIBUTE, this.clock.millis());
		}
	}

	boolean isFresh(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object at = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		return at instanceof Long millis && this.clock.millis() - millis < FRESH.toMillis();
	}

}
