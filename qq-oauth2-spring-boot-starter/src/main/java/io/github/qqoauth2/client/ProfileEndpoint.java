package io.github.qqoauth2.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;

/**
 * Gets the profile of a QQ identity. The reply does not contain the openid; if it did,
 * the value would be ignored.
 *
 * @see <a href="https://wiki.connect.qq.com/get_user_info">QQ on get_user_info</a>
 */
final class ProfileEndpoint {

	private final HttpTransport transport;

	private final String defaultUri;

	ProfileEndpoint(HttpTransport transport, String defaultUri) {
		this.transport = transport;
		this.defaultUri = defaultUri;
	}

	QqProfile profile(OAuth2UserRequest request, QqIdentity identity, Deadline deadline) {
		ClientRegistration registration = request.getClientRegistration();
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("access_token", request.getAccessToken().getTokenValue());
		parameters.put("oauth_consumer_key", registration.getClientId());
		parameters.put("openid", identity.openid());
		String uri = registration.getProviderDetails().getUserInfoEndpoint().getUri();
		Call call = new Call(Step.GET_USER_INFO, registration, Objects.requireNonNullElse(uri, this.defaultUri),
				parameters, deadline);
		Reply reply = this.transport.get(call);
		if (!reply.has("ret")) {
			throw call.failure(Fault.QQ_PARSE, "returned no ret");
		}
		return QqProfile.of(reply.fields());
	}

}
