package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.rememberme.AbstractRememberMeServices;

/**
 * What the QQ login needs to know of the filter chain that it works in.
 */
final class LoginChain {

	private final AuthorizationStart start;

	private final SavedPages savedPages;

	private final String loginPage;

	private final boolean stateless;

	private final @Nullable RememberMeServices rememberMe;

	private final @Nullable AuthenticationFailureHandler ownFailureHandler;

	/**
	 * Creates the description of a chain.
	 * @param start the start of a login
	 * @param savedPages the pages that were asked for before a login
	 * @param loginPage the path of the login page
	 * @param stateless whether the chain has no sessions, so that tickets carry what a
	 * login needs
	 * @param rememberMe the remember-me services, if there are any
	 * @param ownFailureHandler the failure handler that the application has set, if any
	 */
	LoginChain(AuthorizationStart start, SavedPages savedPages, String loginPage, boolean stateless,
			@Nullable RememberMeServices rememberMe, @Nullable AuthenticationFailureHandler ownFailureHandler) {
		this.start = start;
		this.savedPages = savedPages;
		this.loginPage = loginPage;
		this.stateless = stateless;
		this.rememberMe = rememberMe;
		this.ownFailureHandler = ownFailureHandler;
	}

	AuthorizationStart start() {
		return this.start;
	}

	SavedPages savedPages() {
		return this.savedPages;
	}

	String loginPage() {
		return this.loginPage;
	}

	boolean isStateless() {
		return this.stateless;
	}

	boolean remembers() {
		return this.rememberMe != null;
	}

	String rememberMeParameter() {
		return rememberMeParameter(this.rememberMe);
	}

	static String rememberMeParameter(@Nullable RememberMeServices rememberMe) {
		return (rememberMe instanceof AbstractRememberMeServices services) ? services.getParameter()
				: AbstractRememberMeServices.DEFAULT_PARAMETER;
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

}
