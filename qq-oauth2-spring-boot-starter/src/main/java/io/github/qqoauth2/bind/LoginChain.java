package io.github.qqoauth2.bind;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.rememberme.AbstractRememberMeServices;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the parts of a QQ login need to know of the filter chain that they work in. Filled
 * while the chain is built, read-only afterwards.
 */
final class LoginChain {

	private final String callbackPath;

	private String authorizationUri = OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI
			+ "/" + LoginPaths.REGISTRATION_ID;

	private String loginPage = "/login";

	private boolean stateless;

	private @Nullable AuthenticationFailureHandler ownFailureHandler;

	private RequestCache requestCache = new HttpSessionRequestCache();

	private @Nullable RememberMeServices rememberMe;

	private @Nullable RequestMatcher callbackMatcher;

	private @Nullable OAuth2AuthorizationRequestResolver authorizationRequestResolver;

	private AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequests = new HttpSessionOAuth2AuthorizationRequestRepository();

	LoginChain(String redirectUri) {
		this.callbackPath = path(redirectUri.replace("{registrationId}", LoginPaths.REGISTRATION_ID));
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
			this.authorizationUri = baseUri + "/" + LoginPaths.REGISTRATION_ID;
		}
	}

	void loginPage(String loginPage) {
		this.loginPage = loginPage;
	}

	void stateless(boolean stateless) {
		this.stateless = stateless;
	}

	void ownFailureHandler(@Nullable AuthenticationFailureHandler handler) {
		this.ownFailureHandler = handler;
	}

	void authorizationRequestResolver(OAuth2AuthorizationRequestResolver resolver) {
		this.authorizationRequestResolver = resolver;
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

	/**
	 * Where QQ sends its visitors to, and Spring's own address for this registration:
	 * where QQ returns to a route of a front end, that is where the front end passes code
	 * and state on.
	 */
	boolean isQqCallback(HttpServletRequest request) {
		return (isSameCallback(this.callbackPath, request.getRequestURI()) || isOwnCallback(request.getRequestURI()))
				&& Objects.requireNonNull(this.callbackMatcher).matches(request);
	}

	/**
	 * Whether the last part of an address names the registration.
	 */
	static boolean isOwnCallback(String uri) {
		return uri.endsWith("/" + LoginPaths.REGISTRATION_ID);
	}

	boolean isStart(HttpServletRequest request) {
		return LoginPaths.isAt(request, this.authorizationUri);
	}

	/**
	 * Begins a login.
	 * @param account whose QQ is sought, where somebody is signed in
	 * @return where it goes on, at QQ
	 */
	String begin(HttpServletRequest request, HttpServletResponse response, @Nullable String account) {
		request.setAttribute(QqAuthorizationRequestResolver.ACCOUNT, account);
		OAuth2AuthorizationRequest authorization = Objects.requireNonNull(
				Objects.requireNonNull(this.authorizationRequestResolver).resolve(request, LoginPaths.REGISTRATION_ID));
		this.authorizationRequests.saveAuthorizationRequest(authorization, request, response);
		return authorization.getAuthorizationRequestUri();
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

	/**
	 * Without sessions, what a login needs to remember travels in tickets.
	 */
	boolean isStateless() {
		return this.stateless;
	}

	/**
	 * The application's failure handler, or {@code null} where it has none of its own. A
	 * front end has no use for the redirect that {@code failureUrl} sets.
	 */
	@Nullable AuthenticationFailureHandler ownFailureHandler(HttpServletRequest request) {
		boolean redirects = this.ownFailureHandler != null
				&& this.ownFailureHandler.getClass() == SimpleUrlAuthenticationFailureHandler.class;
		return (redirects && ApiRequest.isWanted(request)) ? null : this.ownFailureHandler;
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
		UriComponents uri = UriComponentsBuilder.fromUriString(saved.getRedirectUrl())
			.replaceQueryParam("continue")
			.build();
		String path = uri.getPath() + ((uri.getQuery() != null) ? "?" + uri.getQuery() : "");
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
