package io.github.qqoauth2.bind;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.rememberme.AbstractRememberMeServices;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the parts of a QQ login need to know of the filter chain that they work in. Filled
 * while the chain is built, read-only afterwards.
 */
final class LoginChain {

	private final String callbackPath;

	private String authorizationUri = OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI
			+ "/" + QqLogin.REGISTRATION_ID;

	private String loginPage = "/login";

	private boolean stockFailureHandler;

	private RequestCache requestCache = new HttpSessionRequestCache();

	private @Nullable RememberMeServices rememberMe;

	private @Nullable RequestMatcher callbackMatcher;

	private AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests = new HttpSessionOAuth2AuthorizationRequestRepository();

	LoginChain(String redirectUri) {
		this.callbackPath = path(redirectUri.replace("{registrationId}", QqLogin.REGISTRATION_ID));
	}

	private static String path(String uri) {
		int query = uri.indexOf('?');
		String address = (query < 0) ? uri : uri.substring(0, query);
		int authority = address.indexOf("://");
		int path = address.indexOf('/', (authority < 0) ? 0 : authority + 3);
		return (path < 0) ? "/" : address.substring(path);
	}

	/**
	 * Whether two addresses of a callback are one, although a proxy may have changed all
	 * that comes before the path, and added a prefix to it or taken one away.
	 */
	static boolean isSameCallback(String asked, String arrived) {
		String askedPath = path(asked);
		String arrivedPath = path(arrived);
		return askedPath.endsWith(arrivedPath) || arrivedPath.endsWith(askedPath);
	}

	void authorizationBaseUri(@Nullable String baseUri) {
		if (baseUri != null) {
			this.authorizationUri = baseUri + "/" + QqLogin.REGISTRATION_ID;
		}
	}

	void loginPage(String loginPage) {
		this.loginPage = loginPage;
	}

	void stockFailureHandler(boolean stock) {
		this.stockFailureHandler = stock;
	}

	void requestCache(@Nullable RequestCache requestCache) {
		if (requestCache != null) {
			this.requestCache = requestCache;
		}
	}

	void rememberMe(@Nullable RememberMeServices rememberMe) {
		this.rememberMe = rememberMe;
	}

	void loginFilter(OAuth2LoginAuthenticationFilter filter) {
		this.callbackMatcher = SpringSecurityAccess.callbackMatcher(filter);
		this.authorizationRequests = SpringSecurityAccess.authorizationRequestRepository(filter);
	}

	boolean isQqCallback(HttpServletRequest request) {
		return isSameCallback(this.callbackPath, request.getRequestURI())
				&& Objects.requireNonNull(this.callbackMatcher).matches(request);
	}

	AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests() {
		return this.authorizationRequests;
	}

	String authorizationUri() {
		return this.authorizationUri;
	}

	/**
	 * The way to QQ, with the page that the login shall lead to.
	 */
	String authorizationUri(@Nullable String next) {
		return (next != null) ? this.authorizationUri + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
				: this.authorizationUri;
	}

	String loginPage() {
		return this.loginPage;
	}

	boolean hasStockFailureHandler() {
		return this.stockFailureHandler;
	}

	boolean remembers() {
		return this.rememberMe != null;
	}

	String rememberMeParameter() {
		return (this.rememberMe instanceof AbstractRememberMeServices services) ? services.getParameter()
				: AbstractRememberMeServices.DEFAULT_PARAMETER;
	}

	/**
	 * The page that was asked for before the login began, as a path of this application.
	 */
	@Nullable String savedPath(HttpServletRequest request, HttpServletResponse response) {
		SavedRequest saved = this.requestCache.getRequest(request, response);
		if (saved == null) {
			return null;
		}
		URI uri = UriComponentsBuilder.fromUriString(saved.getRedirectUrl())
			.replaceQueryParam("continue")
			.build()
			.toUri();
		String path = uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : "");
		String contextPath = request.getContextPath();
		return LocalPath.orNull(path.startsWith(contextPath + "/") ? path.substring(contextPath.length()) : path);
	}

	/**
	 * Makes a path of this application the page that the next login leads to.
	 */
	void savePath(HttpServletRequest request, HttpServletResponse response, String path) {
		this.requestCache.saveRequest(new LocalPathRequest(request, path), response);
	}

	void forgetSavedRequest(HttpServletRequest request, HttpServletResponse response) {
		this.requestCache.removeRequest(request, response);
	}

}
