package io.github.qqoauth2.bind;

import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Reads what the callback needs from an authorization request of the registration
 * {@code qq}, and converts it to and from a versioned string.
 */
final class QqAuthorizationRequest {

	/** The target of the login, a path of this application. */
	static final String NEXT = "qq.next";

	static final String REMEMBER_ME = "qq.remember-me";

	/** The account of the signed-in user who started linking, if any. */
	static final String ACCOUNT = "qq.account";

	/**
	 * The account of the signed-in user who has asked to move the QQ identity to it from
	 * any other account. Set by the server only, never from the address of the start.
	 */
	static final String MOVE_TO = "qq.move-to";

	private static final String VERSION = "1";

	private QqAuthorizationRequest() {
	}

	static boolean isQq(OAuth2AuthorizationRequest authorization) {
		return LoginPaths.REGISTRATION_ID.equals(authorization.getAttribute(OAuth2ParameterNames.REGISTRATION_ID));
	}

	static String state(OAuth2AuthorizationRequest authorization) {
		return Objects.requireNonNull(authorization.getState());
	}

	static @Nullable String next(OAuth2AuthorizationRequest authorization) {
		return LocalPath.orNull(authorization.getAttribute(NEXT));
	}

	static @Nullable String account(OAuth2AuthorizationRequest authorization) {
		return authorization.getAttribute(ACCOUNT);
	}

	static @Nullable String moveTo(OAuth2AuthorizationRequest authorization) {
		return authorization.getAttribute(MOVE_TO);
	}

	static boolean wantsRememberMe(OAuth2AuthorizationRequest authorization) {
		return authorization.getAttribute(REMEMBER_ME) != null;
	}

	static OAuth2AuthorizationRequest withoutNext(OAuth2AuthorizationRequest authorization) {
		Map<String, Object> attributes = new LinkedHashMap<>(authorization.getAttributes());
		attributes.remove(NEXT);
		return SpringSecurityAccess.authorizationRequest(authorization.getAuthorizationUri(),
				authorization.getClientId(), authorization.getRedirectUri(), authorization.getState(), attributes);
	}

	static String write(OAuth2AuthorizationRequest authorization) {
		Map<String, Object> attributes = new LinkedHashMap<>(authorization.getAttributes());
		attributes.values().removeIf((value) -> !(value instanceof String));
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("v", VERSION);
		json.put("authorizationUri", authorization.getAuthorizationUri());
		json.put("clientId", authorization.getClientId());
		json.put("redirectUri", authorization.getRedirectUri());
		json.put("state", authorization.getState());
		json.put("attributes", attributes);
		return JSONObjectUtils.toJSONString(json);
	}

	/**
	 * Reads a request.
	 * @return the request, or {@code null} if the text is damaged or of another version
	 */
	static @Nullable OAuth2AuthorizationRequest read(String text) {
		try {
			Map<String, Object> json = JSONObjectUtils.parse(text);
			return VERSION.equals(json.get("v"))
					? SpringSecurityAccess.authorizationRequest(JSONObjectUtils.getString(json, "authorizationUri"),
							JSONObjectUtils.getString(json, "clientId"), JSONObjectUtils.getString(json, "redirectUri"),
							JSONObjectUtils.getString(json, "state"), JSONObjectUtils.getJSONObject(json, "attributes"))
					: null;
		}
		catch (ParseException | RuntimeException ex) {
			return null;
		}
	}

}
