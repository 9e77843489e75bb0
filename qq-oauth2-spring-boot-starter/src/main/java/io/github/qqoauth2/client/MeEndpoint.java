package io.github.qqoauth2.client;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;

/**
 * Gets the QQ identity that an access token was issued for.
 *
 * @see <a href="https://wiki.connect.qq.com/获取用户openid_oauth2-0">QQ on the openid</a>
 */
final class MeEndpoint {

	private final HttpTransport transport;

	private final String uri;

	MeEndpoint(HttpTransport transport, String uri) {
		this.transport = transport;
		this.uri = uri;
	}

	QqIdentity identity(OAuth2UserRequest request, boolean unionId, Deadline deadline) {
		ClientRegistration registration = request.getClientRegistration();
		Call call = new Call(Step.ME, registration, this.uri, parameters(request, unionId), deadline);
		Reply reply = this.transport.get(call);
		if (!registration.getClientId().equals(reply.text("client_id"))) {
			throw call.failure(Fault.QQ_AUDIENCE_MISMATCH, "returned the openid of another application");
		}
		String openid = reply.text(TokenEndpoint.OPENID);
		String unionid = unionId ? reply.text("unionid") : null;
		if (openid == null || !QqIdentity.isValid(openid) || (unionid != null && !QqIdentity.isValid(unionid))) {
			throw call.failure(Fault.QQ_PARSE, "returned no valid openid or an invalid unionid");
		}
		return new QqIdentity(registration.getClientId(), openid, unionid);
	}

	private static Map<String, String> parameters(OAuth2UserRequest request, boolean unionId) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("access_token", request.getAccessToken().getTokenValue());
		if (unionId) {
			parameters.put("unionid", "1");
		}
		parameters.put("fmt", "json");
		return parameters;
	}

}
