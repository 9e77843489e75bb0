package io.github.qqoauth2.bind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The start of the QQ login in one chain.
 */
final class AuthorizationStart {

	private final String path;

	private final OAuth2AuthorizationRequestResolver resolver;

	private final AuthorizationRequestStore requests;

	AuthorizationStart(String baseUri, OAuth2AuthorizationRequestResolver resolver,
			AuthorizationRequestStore requests) {
		this.path = baseUri + "/" + LoginPaths.REGISTRATION_ID;
		this.resolver = resolver;
		this.requests = requests;
	}

	boolean isAt(HttpServletRequest request) {
		return LoginPaths.isAt(request, this.path);
	}

	/**
	 * Returns the path of the start, with the target of the login as its parameter.
	 */
	String path(@Nullable String next) {
		return (next != null) ? this.path + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8) : this.path;
	}

	/**
	 * Starts linking a QQ identity to the signed-in user's account, even if it is bound
	 * to another one.
	 * @return the address at QQ to which the user is sent
	 */
	String beginMove(HttpServletRequest request, HttpServletResponse response, String account) {
		request.setAttribute(QqAuthorizationRequest.MOVE_TO, account);
		return begin(request, response, account);
	}

	/**
	 * Creates the response to a front end: QQ's address, and the parameters in it that
	 * QQ's login component needs.
	 */
	static Map<String, Object> model(String authorizationUrl) {
		MultiValueMap<String, String> parameters = UriComponentsBuilder.fromUriString(authorizationUrl)
			.build()
			.getQueryParams();
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("authorizationUrl", authorizationUrl);
		model.put("appId", parameter(parameters, OAuth2ParameterNames.CLIENT_ID));
		model.put("redirectUri", parameter(parameters, OAuth2ParameterNames.REDIRECT_URI));
		model.put("state", parameter(parameters, OAuth2ParameterNames.STATE));
		model.put("scope",
				List.of(StringUtils.tokenizeToStringArray(parameter(parameters, OAuth2ParameterNames.SCOPE), ",")));
		return model;
	}

	private static String parameter(MultiValueMap<String, String> parameters, String name) {
		String value = parameters.getFirst(name);
		return (value != null) ? UriUtils.decode(value, StandardCharsets.UTF_8) : "";
	}

	/**
	 * Starts a login.
	 * @param account the signed-in user's account, if the QQ identity is to be linked to
	 * it
	 * @return the address at QQ to which the visitor is sent
	 */
	String begin(HttpServletRequest request, HttpServletResponse response, @Nullable String account) {
		request.setAttribute(QqAuthorizationRequest.ACCOUNT, account);
		OAuth2AuthorizationRequest authorization = Objects
			.requireNonNull(this.resolver.resolve(request, LoginPaths.REGISTRATION_ID));
		this.requests.save(authorization, request, response);
		return authorization.getAuthorizationRequestUri();
	}

}
