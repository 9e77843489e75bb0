package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAuthorizedClients;

/**
 * Keeps QQ's tokens out of the application's repository, whose default holds every token
 * in memory for ever. They are discarded, or stored encrypted if the application has
 * enabled that.
 */
final class QqAuthorizedClientRepository implements OAuth2AuthorizedClientRepository {

	private static final Log logger = LogFactory.getLog(QqAuthorizedClientRepository.class);

	private final OAuth2AuthorizedClientRepository others;

	private final ObjectProvider<QqAuthorizedClients> kept;

	QqAuthorizedClientRepository(OAuth2AuthorizedClientRepository others, ObjectProvider<QqAuthorizedClients> kept) {
		this.others = others;
		this.kept = kept;
	}

	@Override
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String clientRegistrationId,
			Authentication principal, HttpServletRequest request) {
		QqAuthorizedClients clients = clients(clientRegistrationId);
		return (clients != null) ? (T) clients.find(principal.getName())
				: this.others.loadAuthorizedClient(clientRegistrationId, principal, request);
	}

	/**
	 * Stores QQ's tokens if enabled. A login does not fail if they cannot be stored.
	 */
	@Override
	public void saveAuthorizedClient(OAuth2AuthorizedClient authorizedClient, Authentication principal,
			HttpServletRequest request, HttpServletResponse response) {
		String registrationId = authorizedClient.getClientRegistration().getRegistrationId();
		if (!LoginPaths.REGISTRATION_ID.equals(registrationId)) {
			this.others.saveAuthorizedClient(authorizedClient, principal, request, response);
			return;
		}
		QqAuthorizedClients clients = clients(registrationId);
		try {
			if (clients != null) {
				clients.save(principal.getName(), authorizedClient.getAccessToken(),
						authorizedClient.getRefreshToken());
			}
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("The QQ tokens of account '" + principal.getName() + "' were not stored", ex);
		}
	}

	@Override
	public void removeAuthorizedClient(String clientRegistrationId, Authentication principal,
			HttpServletRequest request, HttpServletResponse response) {
		QqAuthorizedClients clients = clients(clientRegistrationId);
		if (clients != null) {
			clients.remove(principal.getName());
			return;
		}
		this.others.removeAuthorizedClient(clientRegistrationId, principal, request, response);
	}

	private @Nullable QqAuthorizedClients clients(String clientRegistrationId) {
		return LoginPaths.REGISTRATION_ID.equals(clientRegistrationId) ? this.kept.getIfAvailable() : null;
	}

}
