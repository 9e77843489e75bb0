package io.github.qqoauth2.demo.guard;

import java.time.Clock;
import java.time.Instant;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.github.qqoauth2.demo.sms.SmsCodeRejectedEvent;

/**
 * Counts authentication failures and wrong SMS codes per session and per address. Spring
 * Security publishes the same failure events for every form that checks a password.
 */
@Component
final class Failures {

	private final RecentEntries<Count> counts = new RecentEntries<>();

	private final GuardProperties properties;

	private final Clock clock;

	Failures(GuardProperties properties, Clock clock) {
		this.properties = properties;
		this.clock = clock;
	}

	@EventListener
	void on(AbstractAuthenticationFailureEvent event) {
		if (event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details) {
			add("address " + details.getRemoteAddress());
			add("session " + details.getSessionId());
		}
	}

	/**
	 * The event is published in the thread of the request.
	 */
	@EventListener
	void on(SmsCodeRejectedEvent event) {
		if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
			HttpServletRequest request = attributes.getRequest();
			add("address " + request.getRemoteAddr());
			HttpSession session = request.getSession(false);
			if (session != null) {
				add("session " + session.getId());
			}
		}
	}

	boolean tooMany(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return isTooMany("address " + request.getRemoteAddr())
				|| (session != null && isTooMany("session " + session.getId()));
	}

	private void add(String key) {
		synchronized (this.counts) {
			Count count = this.counts.get(key);
			this.counts.put(key, (count != null && !isExpired(count)) ? new Count(count.failures() + 1, count.since())
					: new Count(1, this.clock.instant()));
		}
	}

	private boolean isTooMany(String key) {
		synchronized (this.counts) {
			Count count = this.counts.get(key);
			return count != null && !isExpired(count) && count.failures() >= this.properties.captchaAfter();
		}
	}

	private boolean isExpired(Count count) {
		return !this.clock.instant().isBefore(count.since().plus(this.properties.forgetAfter()));
	}

	private record Count(int failures, Instant since) {

	}

}
