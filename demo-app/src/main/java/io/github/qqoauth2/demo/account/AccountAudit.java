package io.github.qqoauth2.demo.account;

import java.time.Clock;
import java.time.OffsetDateTime;

import org.springframework.context.event.EventListener;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.stereotype.Component;

import io.github.qqoauth2.account.QqAccountEvent;

/**
 * Logs each {@link QqAccountEvent} in the transaction that publishes it: a rollback
 * removes the log entry, and a failure to write the entry rolls back the change.
 */
@Component
final class AccountAudit {

	private final AccountActivityRepository activities;

	private final PersistentTokenRepository rememberMeTokens;

	private final Clock clock;

	AccountAudit(AccountActivityRepository activities, PersistentTokenRepository rememberMeTokens, Clock clock) {
		this.activities = activities;
		this.rememberMeTokens = rememberMeTokens;
		this.clock = clock;
	}

	@EventListener
	void on(QqAccountEvent event) {
		this.activities.save(new AccountActivity(null, event.account(), event.kind().name(), event.otherAccount(),
				event.reason(), OffsetDateTime.ofInstant(event.at(), this.clock.getZone())));
	}

	/**
	 * The starter ends the sessions. Remember-me tokens belong to the application.
	 */
	@EventListener
	void onUnbound(QqAccountEvent event) {
		if (event.kind() == QqAccountEvent.Kind.UNBOUND) {
			this.rememberMeTokens.removeUserTokens(event.account());
		}
	}

}
