package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.bind.BoundAccounts.BoundAccount;
import io.github.qqoauth2.client.QqProfile;

/**
 * Decides what an authenticated QQ identity means, depending on its binding, the status
 * of the account and the signed-in user. Does not access the session and does not write
 * the response.
 */
final class LoginDecision {

	private static final Log logger = LogFactory.getLog(LoginDecision.class);

	private final UserDetailsChecker accountStatus = new AccountStatusUserDetailsChecker();

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final BoundAccounts accounts;

	private final QqAccountBindings bindings;

	private final @Nullable RegistrationForm automaticRegistration;

	private final LoginTokens tokens;

	private final Duration profileMaxAge;

	private final Clock clock;

	/**
	 * Creates the decision.
	 * @param accounts finds the account of a QQ identity
	 * @param bindings records logins
	 * @param automaticRegistration registers accounts without asking the visitor;
	 * {@code null} if the visitor is asked
	 * @param tokens encrypts and stores QQ's tokens
	 * @param profileMaxAge the age above which a stored profile is fetched again
	 * @param clock the clock
	 */
	LoginDecision(BoundAccounts accounts, QqAccountBindings bindings, @Nullable RegistrationForm automaticRegistration,
			LoginTokens tokens, Duration profileMaxAge, Clock clock) {
		this.accounts = accounts;
		this.bindings = bindings;
		this.automaticRegistration = automaticRegistration;
		this.tokens = tokens;
		this.profileMaxAge = profileMaxAge;
		this.clock = clock;
	}

	/**
	 * Decides what a login means.
	 * @param login the authenticated QQ identity
	 * @param current the signed-in user, if any
	 * @param mergesFactors whether Spring Security adds the factor of this login to those
	 * of the signed-in user
	 * @return the result of the login
	 */
	LoginResult decide(OAuth2LoginAuthenticationToken login, @Nullable Authentication current, boolean mergesFactors) {
		QqOAuth2User user = (QqOAuth2User) Objects.requireNonNull(login.getPrincipal());
		BoundAccount bound = this.accounts.find(user.identity());
		if (bound == null) {
			return (current != null) ? confirmation(login, user) : withoutAccount(login, user);
		}
		if (current == null) {
			return signIn(login, user, bound);
		}
		if (bound.account().getUsername().equals(current.getName())) {
			return addsAuthentication(login, current, mergesFactors) ? signIn(login, user, bound) : same(login, bound);
		}
		if (bound.binding().registered()) {
			return confirmation(login, user);
		}
		this.bindings.refused(current.getName(), LoginError.OTHER_ACCOUNT.code());
		return new LoginResult.OtherAccount();
	}

	private LoginResult confirmation(OAuth2LoginAuthenticationToken login, QqOAuth2User user) {
		return new LoginResult.ConfirmationRequired(user.identity(), user.loadProfile(), this.tokens.encrypt(login));
	}

	/**
	 * Returns whether the signed-in user gains by this login: a remembered user becomes
	 * fully authenticated, and a missing factor is added.
	 */
	private boolean addsAuthentication(Authentication login, Authentication current, boolean mergesFactors) {
		return this.trust.isRememberMe(current)
				|| (mergesFactors && !names(current.getAuthorities()).containsAll(names(login.getAuthorities())));
	}

	private static Set<String> names(Collection<? extends GrantedAuthority> authorities) {
		return authorities.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.collect(Collectors.toSet());
	}

	private LoginResult signIn(OAuth2LoginAuthenticationToken login, QqOAuth2User user, BoundAccount bound) {
		LoginResult refused = checkStatus(bound);
		if (refused != null) {
			return refused;
		}
		this.bindings.loggedIn(bound.binding(), user.identity(), isStale(bound.binding()) ? user.loadProfile() : null);
		this.tokens.store(this.tokens.encrypt(login), bound.binding().account());
		return new LoginResult.SignedIn(bound.account());
	}

	private LoginResult same(OAuth2LoginAuthenticationToken login, BoundAccount bound) {
		this.tokens.store(this.tokens.encrypt(login), bound.binding().account());
		return new LoginResult.SameAccount();
	}

	/**
	 * Decides for a QQ identity without an account and a visitor who is not signed in:
	 * automatic registration creates an account if it is enabled; otherwise the visitor
	 * has to bind one.
	 */
	private LoginResult withoutAccount(OAuth2LoginAuthenticationToken login, QqOAuth2User user) {
		QqProfile profile = user.loadProfile();
		if (this.automaticRegistration == null) {
			return new LoginResult.BindingRequired(user.identity(), profile, this.tokens.encrypt(login));
		}
		UserDetails loaded;
		try {
			loaded = this.automaticRegistration.registerAutomatically(user.identity(), profile);
		}
		catch (QqRegistrationException ex) {
			logger.info("Automatic registration created no account, a binding is required: " + ex.getMessage());
			return new LoginResult.BindingRequired(user.identity(), profile, this.tokens.encrypt(login));
		}
		return signIn(login, user, this.accounts.findRegistered(user.identity(), loaded));
	}

	private @Nullable LoginResult checkStatus(BoundAccount bound) {
		try {
			this.accountStatus.check(bound.account());
			return null;
		}
		catch (AccountStatusException ex) {
			this.bindings.refused(bound.account().getUsername(), LoginError.ACCOUNT_STATUS.code());
			return new LoginResult.Refused(ex, bound.account().getUsername());
		}
	}

	private boolean isStale(QqAccountBinding binding) {
		return binding.profileAt() == null
				|| binding.profileAt().plus(this.profileMaxAge).isBefore(this.clock.instant());
	}

}
