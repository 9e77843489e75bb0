package io.github.qqoauth2.bind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.util.StringUtils;

/**
 * Adapts the authorization request to QQ: scopes joined by commas, a state without
 * padding, every value percent-encoded in full, no PKCE, {@code display=mobile} for
 * phones. The visitor's {@code next} and {@code remember-me} are stored with the request.
 * Requests of other registrations are not changed.
 *
 * @see <a href=
 * "https://wiki.connect.qq.com/%e4%bd%bf%e7%94%a8authorization_code%e8%8e%b7%e5%8f%96access_token">QQ
 * Connect: step 1</a>
 */
final class QqAuthorizationRequestResolver implements OAuth2AuthorizationRequestResolver {

	private static final Pattern PHONE = Pattern.compile("Mobile|Android|iPhone|iPod|Windows Phone");

	private final OAuth2AuthorizationRequestResolver delegate;

	QqAuthorizationRequestResolver(OAuth2AuthorizationRequestResolver delegate) {
		this.delegate = delegate;
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
		return customize(request, this.delegate.resolve(request));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String clientRegistrationId) {
		return customize(request, this.delegate.resolve(request, clientRegistrationId));
	}

	private static @Nullable OAuth2AuthorizationRequest customize(HttpServletRequest request,
			@Nullable OAuth2AuthorizationRequest authorization) {
		if (authorization == null || !QqAuthorizationRequest.isQq(authorization)) {
			return authorization;
		}
		String state = StringUtils.trimTrailingCharacter(Objects.requireNonNull(authorization.getState()), '=');
		Map<String, Object> additional = additionalParameters(request, authorization);
		return SpringSecurityAccess.rebuild(authorization, authorization.getScopes(), state, additional,
				attributes(request, authorization), uri(authorization, state, additional));
	}

	private static Map<String, Object> additionalParameters(HttpServletRequest request,
			OAuth2AuthorizationRequest authorization) {
		Map<String, Object> additional = new LinkedHashMap<>(authorization.getAdditionalParameters());
		additional.remove(PkceParameterNames.CODE_CHALLENGE);
		additional.remove(PkceParameterNames.CODE_CHALLENGE_METHOD);
		String display = request.getParameter("display");
		String userAgent = request.getHeader("User-Agent");
		boolean phone = (display != null) ? display.equals("mobile")
				: userAgent != null && PHONE.matcher(userAgent).find();
		if (phone) {
			additional.putIfAbsent("display", "mobile");
		}
		return additional;
	}

	private static Map<String, Object> attributes(HttpServletRequest request,
			OAuth2AuthorizationRequest authorization) {
		Map<String, Object> attributes = new LinkedHashMap<>(authorization.getAttributes());
		attributes.remove(PkceParameterNames.CODE_VERIFIER);
		String next = LocalPath.encodedOrNull(single(request, "next"));
		if (next != null) {
			attributes.put(QqAuthorizationRequest.NEXT, next);
		}
		if (Boolean.parseBoolean(single(request, "remember-me"))) {
			attributes.put(QqAuthorizationRequest.REMEMBER_ME, "true");
		}
		for (String name : List.of(QqAuthorizationRequest.ACCOUNT, QqAuthorizationRequest.MOVE_TO)) {
			Object account = request.getAttribute(name);
			if (account != null) {
				attributes.put(name, account);
			}
		}
		return attributes;
	}

	private static @Nullable String single(HttpServletRequest request, String name) {
		String[] values = request.getParameterValues(name);
		return (values != null && values.length == 1) ? values[0] : null;
	}

	/**
	 * Returns the address with every value encoded. The QQ app on Android lost the state
	 * of an address that was not encoded in full.
	 */
	private static String uri(OAuth2AuthorizationRequest authorization, String state, Map<String, Object> additional) {
		Map<String, Object> parameters = new LinkedHashMap<>();
		parameters.put(OAuth2ParameterNames.RESPONSE_TYPE, authorization.getResponseType().getValue());
		parameters.put(OAuth2ParameterNames.CLIENT_ID, authorization.getClientId());
		parameters.put(OAuth2ParameterNames.REDIRECT_URI, authorization.getRedirectUri());
		parameters.put(OAuth2ParameterNames.STATE, state);
		Set<String> scopes = authorization.getScopes();
		if (!scopes.isEmpty()) {
			parameters.put(OAuth2ParameterNames.SCOPE, String.join(",", scopes));
		}
		parameters.putAll(additional);
		String separator = authorization.getAuthorizationUri().contains("?") ? "&" : "?";
		return parameters.entrySet()
			.stream()
			.map((entry) -> encode(entry.getKey()) + "=" + encode(String.valueOf(entry.getValue())))
			.collect(Collectors.joining("&", authorization.getAuthorizationUri() + separator, ""));
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
	}

}
