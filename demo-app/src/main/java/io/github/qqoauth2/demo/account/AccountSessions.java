package io.github.qqoauth2.demo.account;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Ends the sessions and remember-me logins of an account.
 */
@Component
public final class AccountSessions {

	private final SessionRegistry sessions;

	private final PersistentTokenRepository rememberMeTokens;

	AccountSessions(SessionRegistry sessions, PersistentTokenRepository rememberMeTokens) {
		this.sessions = sessions;
		this.rememberMeTokens = rememberMeTokens;
	}

	/**
	 * Expires all sessions of an account and removes its remember-me tokens.
	 * @param account the account's username
	 * @param except the id of a session to keep; {@code null} to expire all
	 */
	public void end(String account, @Nullable String except) {
		this.rememberMeTokens.removeUserTokens(account);
		UserDetails principal = User.withUsername(account).password("").build();
		this.sessions.getAllSessions(principal, false)
			.stream()
			.filter((session) -> !session.getSessionId().equals(except))
			.forEach(SessionInformation::expireNow);
	}

}
