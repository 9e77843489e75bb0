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
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.bind.BoundAccounts.BoundAccount;
import io.github.qqoauth2.client.QqProfile;

/**
 * Decides what an authenticated QQ identity means: by its binding, the account's status
 * and the user who is signed in. It touches no session and writes no answer.
 */
final class LoginDecision {

	private static final Log logger = LogFactory.getLog(LoginDecision.class);

	private final UserDetailsChecker accountStatus = new AccountStatusUserDetailsChecker();

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final BoundAccounts accounts;

	private final QqAccountBindings bindings;

	private final @Nullable RegistrationForm automatic;

	private final @Nullable QqAuthorizedClients tokens;

	private final Duration profileMaxAge;

	private final Clock clock;

	/**
	 * Creates the decision.
	 * @param accounts finds the account of a QQ identity
	 * @param bindings records logins
	 * @param automatic makes accounts without asking; {@code null} where the visitor is
	 * asked
	 * @param tokens keeps QQ's tokens; {@code null} where they are dropped
	 * @param profileMaxAge how old a stored profile may be before it is fetched again
	 * @param clock the time
	 */
	LoginDecision(BoundAccounts accounts, QqAccountBindings bindings, @Nullable RegistrationForm automatic,
			@Nullable QqAuthorizedClients tokens, Duration profileMaxAge, Clock clock) {
		this.accounts = accounts;
		this.bindings = bindings;
		this.automatic = automatic;
		this.tokens = tokens;
		this.profileMaxAge = profileMaxAge;
		this.clock = clock;
	}

	/**
	 * Decides.
	 * @param login the QQ identity as authenticated
	 * @param current the user who is signed in, if any
	 * @param mergesFactors whether Spring Security adds the factor of this login to those
	 * of the signed-in user
	 */
	LoginResult decide(OAuth2LoginAuthenticationToken login, @Nullable Authentication current, boolean mergesFactors) {
		QqOAuth2User user = (QqOAuth2User) Objects.requireNonNull(login.getPrincipal());
		BoundAccount bound = this.accounts.find(user.identity());
		if (bound == null) {
			return (current != null) ? new LoginResult.ConfirmationRequired(user.identity(), user.loadProfile())
					: register(login, user);
		}
		if (current == null) {
			return signIn(login, user, bound);
		}
		if (bound.account().getUsername().equals(current.getName())) {
			return provesMore(login, current, mergesFactors) ? signIn(login, user, bound) : same(login, bound);
		}
		if (bound.binding().registered()) {
			return new LoginResult.ConfirmationRequired(user.identity(), user.loadProfile());
		}
		this.bindings.refused(current.getName(), LoginError.OTHER_ACCOUNT.code());
		return new LoginResult.OtherAccount();
	}

	/**
	 * Whether the signed-in user gains by this login: a remembered user is authenticated
	 * in full, and one of several required factors is added.
	 */
	private boolean provesMore(Authentication login, Authentication current, boolean mergesFactors) {
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
		keepTokens(login, bound.binding());
		return new LoginResult.SignedIn(bound.account());
	}

	private LoginResult same(OAuth2LoginAuthenticationToken login, BoundAccount bound) {
		keepTokens(login, bound.binding());
		return new LoginResult.SameAccount();
	}

	/**
	 * Makes an account if the application registers automatically; otherwise the visitor
	 * has to bind one.
	 */
	private LoginResult register(OAuth2LoginAuthenticationToken login, QqOAuth2User user) {
		QqProfile profile = user.loadProfile();
		if (this.automatic == null) {
			return new LoginResult.BindingRequired(user.identity(), profile);
		}
		try {
			this.automatic.registerAutomatically(user.identity(), profile);
		}
		catch (QqRegistrationException ex) {
			logger.info("Automatic registration made no account, a binding is required: " + ex.getMessage());
			return new LoginResult.BindingRequired(user.identity(), profile);
		}
		BoundAccount bound = this.accounts.find(user.identity());
		if (bound == null) {
			throw new IllegalStateException("The account that automatic registration made was not found");
		}
		return signIn(login, user, bound);
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

	/**
	 * A login does not fail because its tokens cannot be kept.
	 */
	private void keepTokens(OAuth2LoginAuthenticationToken login, QqAccountBinding binding) {
		if (this.tokens == null) {
			return;
		}
		try {
			this.tokens.save(binding.account(), Objects.requireNonNull(login.getAccessToken()),
					login.getRefreshToken());
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("The QQ tokens of account '" + binding.account() + "' were not kept", ex);
		}
	}

	private boolean isStale(QqAccountBinding binding) {
		return binding.profileAt() == null
				|| binding.profileAt().plus(this.profileMaxAge).isBefore(this.clock.instant());
	}

}
