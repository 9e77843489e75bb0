package io.github.qqoauth2.demo.account;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.session.SessionInformation;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Where an account is signed in.
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
	 * Signs an account out everywhere, and lets no device remember it.
	 * @param account the account's key
	 * @param except the session that goes on; {@code null} for none
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
