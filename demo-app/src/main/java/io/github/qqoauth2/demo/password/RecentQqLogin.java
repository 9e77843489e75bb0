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
 * Records the time of a session's QQ login. It is the only way to verify the owner of an
 * account without a password; an old session is not sufficient.
 */
@Component
final class RecentQqLogin {

	private static final Duration MAX_AGE = Duration.ofMinutes(10);

	private static final String ATTRIBUTE = RecentQqLogin.class.getName();

	private final Clock clock;

	RecentQqLogin(Clock clock) {
		this.clock = clock;
	}

	@EventListener
	void on(InteractiveAuthenticationSuccessEvent event) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& QqLogin.isQqLogin(attributes.getRequest()) && !SpaRequest.wantsToken(attributes.getRequest())) {
			attributes.getRequest().getSession().setAttribute(ATTRIBUTE, this.clock.millis());
		}
	}

	boolean isRecent(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object at = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		return at instanceof Long millis && this.clock.millis() - millis < MAX_AGE.toMillis();
	}

}
