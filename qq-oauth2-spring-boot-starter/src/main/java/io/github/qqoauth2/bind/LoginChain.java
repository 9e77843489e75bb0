package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.rememberme.AbstractRememberMeServices;

/**
 * The settings of a filter chain that the QQ login uses.
 */
final class LoginChain {

	private final AuthorizationStart start;

	private final SavedPages savedPages;

	private final String loginPage;

	private final boolean stateless;

	private final @Nullable RememberMeServices rememberMe;

	private final @Nullable AuthenticationFailureHandler ownFailureHandler;

	/**
	 * Creates the settings of a chain.
	 * @param start the start of a login
	 * @param savedPages the pages that were requested before a login
	 * @param loginPage the path of the login page
	 * @param stateless whether the chain has no sessions, so that tickets store what a
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
	 * Ends the remember-me login of a browser. Does so in addition to Spring Security's
	 * logout, which the application may have disabled.
	 */
	void forget(HttpServletRequest request, HttpServletResponse response, Authentication account) {
		if (this.rememberMe instanceof LogoutHandler handler) {
			handler.logout(request, response, account);
		}
		else if (this.rememberMe != null) {
			this.rememberMe.loginFail(request, response);
		}
	}

	/**
	 * Returns the failure handler that the application has set, or {@code null}. For a
	 * front end the handler of {@code failureUrl} counts as not set, since it redirects.
	 */
	@Nullable AuthenticationFailureHandler ownFailureHandler(HttpServletRequest request) {
		boolean redirects = this.ownFailureHandler != null
				&& this.ownFailureHandler.getClass() == SimpleUrlAuthenticationFailureHandler.class;
		return (redirects && ApiRequest.matches(request)) ? null : this.ownFailureHandler;
	}

}
