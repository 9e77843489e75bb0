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
 * Whether the application's own rules would let an account in at the page where a binding
 * is confirmed. They are asked with a request that has everything a rule may look at,
 * which the dummy request of a {@code WebInvocationPrivilegeEvaluator} has not: rules
 * with {@code dispatcherTypeMatchers} fail on that one.
 */
final class AccountPageAccess {

	private static final Log logger = LogFactory.getLog(AccountPageAccess.class);

	private final ObjectProvider<FilterChainProxy> chains;

	AccountPageAccess(ObjectProvider<FilterChainProxy> chains) {
		this.chains = chains;
	}

	/**
	 * Fails closed: where the rules cannot be asked the account confirms by itself.
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
			logger.debug("Whether the account may confirm could not be told, so it confirms by itself", ex);
		}
		return false;
	}

	/**
	 * A chain without rules lets everybody in who is signed in, as the page itself does.
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
