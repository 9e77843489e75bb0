package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.FilterInvocation;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Finds addresses of the QQ login that the built filter chains do not handle or refuse to
 * every user. Nothing is reported if a matcher or a rule cannot be evaluated without a
 * visitor's request.
 */
final class ChainInspection {

	private static final Log logger = LogFactory.getLog(ChainInspection.class);

	private final FilterChainProxy chains;

	ChainInspection(FilterChainProxy chains) {
		this.chains = chains;
	}

	/**
	 * Returns sentences for the operator.
	 * @param callback the path of the callback address, or {@code null} not to check it
	 */
	List<String> warnings(@Nullable String callback) {
		List<String> warnings = new ArrayList<>();
		if (callback != null && !isHandledCallback(callback)) {
			warnings.add("No filter chain handles the callback path " + callback + ". Correct only if a route of the "
					+ "front end has this address and sends code and state to the server; otherwise set "
					+ "qq.oauth2.redirect-uri to an address that ends in /login/oauth2/code/qq, or let "
					+ "oauth2Login().loginProcessingUrl(..) match it.");
		}
		List<String> unhandled = new ArrayList<>();
		List<String> refused = new ArrayList<>();
		check("GET", LoginPaths.ERROR_PAGE, LoginPagesFilter.class, unhandled, refused);
		check("GET", LoginPaths.ACCOUNT_PAGE, AccountPageFilter.class, unhandled, refused);
		check("POST", LoginPaths.ACCOUNT_PAGE, AccountPageFilter.class, unhandled, refused);
		check("POST", LoginPaths.LINK, AccountPageFilter.class, unhandled, refused);
		check("POST", LoginPaths.UNLINK, AccountPageFilter.class, unhandled, refused);
		check("POST", LoginPaths.SIGN_IN, AccountPageFilter.class, unhandled, refused);
		if (!unhandled.isEmpty()) {
			warnings.add("The filter chain with oauth2Login() does not handle " + String.join(", ", unhandled)
					+ ". Let its securityMatcher(..) match /login/qq/** and /account/qq/**, too.");
		}
		if (!refused.isEmpty()) {
			warnings.add("The authorization rules refuse every user at " + String.join(", ", refused)
					+ ", where users confirm, link and unlink their QQ identity. Add this rule: "
					+ "requestMatchers(\"/account/qq/**\").authenticated()");
		}
		return warnings;
	}

	/**
	 * A proxy may remove a prefix of the path, and the context path is one.
	 */
	private boolean isHandledCallback(String path) {
		for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
			Probe request = new Probe("GET", path.substring(i));
			try {
				SecurityFilterChain chain = chain(request);
				OAuth2LoginAuthenticationFilter login = (chain != null && has(chain, QqLoginAuthenticationFilter.class))
						? filter(chain, OAuth2LoginAuthenticationFilter.class) : null;
				if (login != null && SpringSecurityAccess.callbackMatcher(login).matches(request)) {
					return true;
				}
			}
			catch (RuntimeException ex) {
				logger.debug("Could not check which chain handles the callback", ex);
				return true;
			}
		}
		return false;
	}

	private void check(String method, String path, Class<? extends Filter> filter, List<String> unhandled,
			List<String> refused) {
		Probe request = new Probe(method, path);
		try {
			SecurityFilterChain chain = chain(request);
			if (chain == null || !has(chain, filter)) {
				unhandled.add(method + " " + path);
			}
			else if (filter == AccountPageFilter.class && refusesEveryUser(chain, request)) {
				refused.add(method + " " + path);
			}
		}
		catch (RuntimeException ex) {
			logger.debug("Could not check which chain handles " + path, ex);
		}
	}

	/**
	 * Rules that refuse without reading the authentication refuse every user: no rule
	 * matches, or the matching one denies all.
	 */
	private static boolean refusesEveryUser(SecurityFilterChain chain, HttpServletRequest request) {
		AuthorizationFilter filter = filter(chain, AuthorizationFilter.class);
		if (filter == null) {
			return false;
		}
		AtomicBoolean read = new AtomicBoolean();
		Supplier<@Nullable Authentication> noUser = () -> {
			read.set(true);
			return null;
		};
		AuthorizationResult result = filter.getAuthorizationManager().authorize(noUser, request);
		return result != null && !result.isGranted() && !read.get();
	}

	private @Nullable SecurityFilterChain chain(HttpServletRequest request) {
		return this.chains.getFilterChains()
			.stream()
			.filter((chain) -> chain.matches(request))
			.findFirst()
			.orElse(null);
	}

	private static boolean has(SecurityFilterChain chain, Class<? extends Filter> type) {
		return filter(chain, type) != null;
	}

	private static <F extends Filter> @Nullable F filter(SecurityFilterChain chain, Class<F> type) {
		return chain.getFilters().stream().filter(type::isInstance).map(type::cast).findFirst().orElse(null);
	}

	/**
	 * A request without a visitor. What it does not know throws an
	 * {@link UnsupportedOperationException}.
	 */
	private static final class Probe extends HttpServletRequestWrapper {

		private final Map<String, Object> attributes = new HashMap<>();

		Probe(String method, String path) {
			super(new FilterInvocation(path, method).getHttpRequest());
		}

		@Override
		public DispatcherType getDispatcherType() {
			return DispatcherType.REQUEST;
		}

		@Override
		public @Nullable Object getAttribute(String name) {
			return this.attributes.get(name);
		}

		@Override
		public void setAttribute(String name, @Nullable Object value) {
			this.attributes.put(name, value);
		}

		@Override
		public void removeAttribute(String name) {
			this.attributes.remove(name);
		}

		@Override
		public Cookie @Nullable [] getCookies() {
			return null;
		}

		@Override
		public @Nullable HttpSession getSession(boolean create) {
			return null;
		}

	}

}
