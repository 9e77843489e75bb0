package io.github.qqoauth2.bind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * The start of a login by QQ in one chain.
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
	 * Returns the path of the start, with the page that the login leads to.
	 */
	String path(@Nullable String next) {
		return (next != null) ? this.path + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8) : this.path;
	}

	/**
	 * Begins a login.
	 * @param account the signed-in user's account, which the QQ identity is to be linked
	 * to, if any
	 * @return the address at QQ where it continues
	 */
	String begin(HttpServletRequest request, HttpServletResponse response, @Nullable String account) {
		request.setAttribute(QqAuthorizationRequest.ACCOUNT, account);
		OAuth2AuthorizationRequest authorization = Objects
			.requireNonNull(this.resolver.resolve(request, LoginPaths.REGISTRATION_ID));
		this.requests.save(authorization, request, response);
		return authorization.getAuthorizationRequestUri();
	}

}
