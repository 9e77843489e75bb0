package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

/**
 * Restores the security context before a login that failed after its context was saved.
 */
final class LoginRollback {

	private static final Log logger = LogFactory.getLog(LoginRollback.class);

	private final CurrentAuthentication currentAuthentication;

	LoginRollback(CurrentAuthentication currentAuthentication) {
		this.currentAuthentication = currentAuthentication;
	}

	/**
	 * Restores a context. If it cannot be saved, the session is replaced.
	 * @param filter the filter of the login, with the repository of contexts
	 * @param cancelsRememberMe removes the cookie that the login may have set
	 */
	void to(SecurityContext before, AbstractAuthenticationProcessingFilter filter, HttpServletRequest request,
			HttpServletResponse response, Runnable cancelsRememberMe) {
		this.currentAuthentication.restore(before);
		try {
			SpringSecurityAccess.contextRepository(filter).saveContext(before, request, response);
			cancelsRememberMe.run();
		}
		catch (RuntimeException ex) {
			logger.info("Could not undo a failed QQ login, its session is replaced", ex);
			HttpSession session = request.getSession(false);
			if (session != null) {
				session.invalidate();
				request.getSession();
			}
		}
	}

}
