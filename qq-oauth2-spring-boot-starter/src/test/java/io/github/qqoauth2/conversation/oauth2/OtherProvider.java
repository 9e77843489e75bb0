package io.github.qqoauth2.conversation.oauth2;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * An application with QQ and another provider, whose token and user endpoints are beans
 * of {@link SecondProviderIT.TwoProviders}.
 */
final class OtherProvider {

	static final String START = "oauth2/authorization/other";

	private static final String CLIENT = "spring.security.oauth2.client.";

	private OtherProvider() {
	}

	static Application.Builder with(QqSimulator qq, String redirectUri) {
		return Application.with(qq)
			.property(CLIENT + "registration.other.client-id", "other-id")
			.property(CLIENT + "registration.other.client-secret", "other-secret")
			.property(CLIENT + "registration.other.authorization-grant-type", "authorization_code")
			.property(CLIENT + "registration.other.redirect-uri", redirectUri)
			.property(CLIENT + "registration.other.scope", "read,write")
			.property(CLIENT + "provider.other.authorization-uri", "http://127.0.0.1/authorize")
			.property(CLIENT + "provider.other.token-uri", "http://127.0.0.1/token")
			.property(CLIENT + "provider.other.user-info-uri", "http://127.0.0.1/user")
			.property(CLIENT + "provider.other.user-name-attribute", "login");
	}

	/**
	 * Starts a login at the other provider and approves it.
	 * @return the query of its redirect
	 */
	static String approve(Visit visit) {
		String state = Visit.parameter(visit.authorize(START).getRawQuery(), "state");
		return "?code=C&state=" + state;
	}

}
