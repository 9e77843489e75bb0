package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.account.QqUser;
import io.github.qqoauth2.client.QqClient;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Whose login this is: the decision between the account of a bound QQ and an outcome of
 * another kind.
 */
final class QqUserService implements OAuth2UserService<OAuth2UserRequest, OAuth2User> {

	private static final Log logger = LogFactory.getLog(QqUserService.class);

	private final Set<Class<?>> wrapped = ConcurrentHashMap.newKeySet();

	private final UserDetailsChecker accountStatus = new AccountStatusUserDetailsChecker();

	private final QqClient client;

	private final QqAccountBindings bindings;

	private final QqAccountLoader accounts;

	private final @Nullable RegistrationForm automatic;

	private final @Nullable QqAuthorizedClients tokens;

	private final SignedIn signedIn;

	private final Duration profileMaxAge;

	private final Clock clock;

	QqUserService(QqClient client, QqAccountBindings bindings, QqAccountLoader accounts,
			@Nullable RegistrationForm automatic, @Nullable QqAuthorizedClients tokens, SignedIn signedIn,
			Duration profileMaxAge, Clock clock) {
		this.client = client;
		this.bindings = bindings;
		this.accounts = accounts;
		this.automatic = automatic;
		this.tokens = tokens;
		this.signedIn = signedIn;
		this.profileMaxAge = profileMaxAge;
		this.clock = clock;
	}

	@Override
	public OAuth2User loadUser(OAuth2UserRequest request) {
		QqIdentity identity = this.client.loadIdentity(request);
		QqAccountBinding binding = this.bindings.find(identity);
		UserDetails account = (binding != null) ? this.accounts.loadAccount(binding.account()) : null;
		Authentication current = this.signedIn.get();
		if (current != null) {
			throw outcomeWhileSignedIn(request, identity, binding, account, current);
		}
		if (binding == null || account == null) {
			return register(identity, profile(request, identity));
		}
		checkStatus(account);
		QqProfile profile = isStale(binding) ? profile(request, identity) : null;
		return principal(account, loggedIn(binding, identity, profile));
	}

	/**
	 * An account without being asked, where the application wants that; else the QQ waits
	 * for one.
	 */
	private OAuth2User register(QqIdentity identity, @Nullable QqProfile profile) {
		if (this.automatic == null) {
			throw QqLoginOutcome.bindingRequired(identity, profile);
		}
		UserDetails account;
		try {
			account = this.automatic.registerAutomatically(identity, profile);
		}
		catch (QqRegistrationException ex) {
			logger.info("No account was made for a QQ, which waits for one now: " + ex.getMessage());
			throw QqLoginOutcome.bindingRequired(identity, profile);
		}
		catch (RuntimeException ex) {
			throw failure("The account for a QQ was not made", ex);
		}
		QqAccountBinding binding = this.bindings.find(identity);
		account = (account == null && binding != null) ? this.accounts.loadAccount(binding.account()) : account;
		if (binding == null || account == null) {
			throw failure("The account made for a QQ is not to be found", null);
		}
		checkStatus(account);
		return principal(account, loggedIn(binding, identity, null));
	}

	private void checkStatus(UserDetails account) {
		try {
			this.accountStatus.check(account);
		}
		catch (AccountStatusException ex) {
			this.bindings.refused(account.getUsername(), LoginError.ACCOUNT_STATUS.code());
			throw ex;
		}
	}

	/**
	 * A listener of the application may refuse a login by any exception; its own
	 * {@link AuthenticationException} reaches the failure handler as it is.
	 */
	private QqAccountBinding loggedIn(QqAccountBinding binding, QqIdentity identity, @Nullable QqProfile profile) {
		try {
			return this.bindings.loggedIn(binding, identity, profile);
		}
		catch (AuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw failure("A QQ login was not noted", ex);
		}
	}

	private static OAuth2AuthenticationException failure(String message, @Nullable RuntimeException cause) {
		return new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR), message, cause);
	}

	private OAuth2User principal(UserDetails account, QqAccountBinding binding) {
		OAuth2User principal = QqUser.of(account, binding);
		if (!(account instanceof OAuth2User) && account.getClass() != User.class
				&& this.wrapped.add(account.getClass())) {
			logger.warn("After a QQ login the principal is a QqUser and not a " + account.getClass().getName()
					+ ", which is no OAuth2User: let it implement OAuth2User (getName and getAttributes) to have it "
					+ "after every login");
		}
		return principal;
	}

	private QqLoginOutcome outcomeWhileSignedIn(OAuth2UserRequest request, QqIdentity identity,
			@Nullable QqAccountBinding binding, @Nullable UserDetails account, Authentication current) {
		if (binding == null || account == null) {
			return QqLoginOutcome.confirmationRequired(identity, profile(request, identity));
		}
		if (account.getUsername().equals(current.getName())) {
			keepTokens(request, binding);
			return QqLoginOutcome.sameAccount();
		}
		if (binding.registered()) {
			return QqLoginOutcome.confirmationRequired(identity, profile(request, identity));
		}
		this.bindings.refused(current.getName(), LoginError.OTHER_ACCOUNT.code());
		return QqLoginOutcome.otherAccount();
	}

	/**
	 * A page that wants QQ's tokens has sent its user here for them.
	 */
	private void keepTokens(OAuth2UserRequest request, QqAccountBinding binding) {
		if (this.tokens == null) {
			return;
		}
		Object refreshToken = request.getAdditionalParameters().get(OAuth2ParameterNames.REFRESH_TOKEN);
		try {
			this.tokens.save(binding.account(), request.getAccessToken(),
					(refreshToken instanceof String value) ? new OAuth2RefreshToken(value, null) : null);
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("The QQ tokens of account '" + binding.account() + "' were not kept", ex);
		}
	}

	private boolean isStale(QqAccountBinding binding) {
		return binding.profileAt() == null
				|| binding.profileAt().plus(this.profileMaxAge).isBefore(this.clock.instant());
	}

	/**
	 * The profile is decoration: the login goes on without it.
	 */
	private @Nullable QqProfile profile(OAuth2UserRequest request, QqIdentity identity) {
		try {
			return this.client.loadProfile(request, identity);
		}
		catch (OAuth2AuthenticationException ex) {
			logger.warn("QQ_USERINFO_SKIPPED: " + ex.getMessage());
			return null;
		}
	}

}
