package io.github.qqoauth2.bind;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.user.OAuth2User;

import io.github.qqoauth2.client.QqClient;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Loads the QQ identity for an access token. Does not look up its account.
 */
final class QqOAuth2UserService implements OAuth2UserService<OAuth2UserRequest, OAuth2User> {

	private static final Log logger = LogFactory.getLog(QqOAuth2UserService.class);

	private final QqClient client;

	QqOAuth2UserService(QqClient client) {
		this.client = client;
	}

	@Override
	public OAuth2User loadUser(OAuth2UserRequest request) {
		QqIdentity identity = this.client.loadIdentity(request);
		return new QqOAuth2User(identity, () -> profile(request, identity));
	}

	/**
	 * Loads the profile. The login continues without one if QQ returns an error.
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
