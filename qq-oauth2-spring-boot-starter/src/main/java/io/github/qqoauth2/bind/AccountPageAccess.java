package io.github.qqoauth2.bind;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Checks whether the application's authorization rules grant an account access to the
 * page where a binding is confirmed. The rules are evaluated with a complete request: the
 * dummy request of a {@code WebInvocationPrivilegeEvaluator} makes rules with
 * {@code dispatcherTypeMatchers} fail.
 */
final class AccountPageAccess {

	private static final Log logger = LogFactory.getLog(AccountPageAccess.class);

	private final ObjectProvider<FilterChainProxy> chains;

	AccountPageAccess(ObjectProvider<FilterChainProxy> chains) {
		this.chains = chains;
	}

	/**
	 * Returns whether access is granted. Fails closed: if the rules cannot be evaluated,
	 * access is not granted, and the user has to confirm the binding on that page.
	 */
	boolean isGranted(HttpServletRequest request, Authentication account) {
		try {
			LocalPathRequest page = new LocalPathRequest(request, LoginPaths.ACCOUNT_PAGE);
			for (SecurityFilterChain chain : this.chains.getObject().getFilterChains()) {
				if (chain.matches(page)) {
					return isGranted(chain, page, account);
				}
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Could not evaluate the rules of the confirmation page, the user has to confirm there", ex);
		}
		return false;
	}

	/**
	 * A chain without rules grants access to every signed-in user, as the page itself
	 * does.
	 */
	private static boolean isGranted(SecurityFilterChain chain, HttpServletRequest page, Authentication account) {
		for (Filter filter : chain.getFilters()) {
			if (filter instanceof AuthorizationFilter authorization) {
				AuthorizationManager<HttpServletRequest> rules = authorization.getAuthorizationManager();
				AuthorizationResult result = rules.authorize(() -> account, page);
				if (result != null && !result.isGranted()) {
					return false;
				}
			}
		}
		return true;
	}

}
