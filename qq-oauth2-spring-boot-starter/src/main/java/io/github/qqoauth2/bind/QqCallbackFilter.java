package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Directly before Spring's login filter, at QQ's callback only: lets through what QQ
 * really sends, makes everything else an {@code access_denied} that uses the stored
 * request up, and answers for the outcomes that are neither a login nor a failure.
 */
final class QqCallbackFilter extends OncePerRequestFilter {

	/**
	 * Documented for phones: the visitor said no, and there is neither code nor error.
	 */
	private static final String USERCANCEL = "usercancel";

	private static final String ATTRIBUTE = QqCallbackFilter.class.getName() + ".authorizationRequest";

	private final LoginChain chain;

	private final SignedIn signedIn;

	private final QqOutcomeHandler outcomes;

	QqCallbackFilter(LoginChain chain, SignedIn signedIn, QqOutcomeHandler outcomes) {
		this.chain = chain;
		this.signedIn = signedIn;
		this.outcomes = outcomes;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !this.chain.isQqCallback(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		OAuth2AuthorizationRequest stored = this.chain.authorizationRequests().loadAuthorizationRequest(request);
		Callback callback = new Callback((stored != null && isQq(stored)) ? stored : null);
		request.setAttribute(ATTRIBUTE, callback);
		if (stored == null && this.signedIn.get() != null) {
			this.outcomes.handle(request, response, QqLoginOutcome.failedWhileSignedIn(unknownState()), callback);
			return;
		}
		CallbackRequest sanitized = new CallbackRequest(request, parameters(request, stored));
		String account = this.chain.isStateless() ? callback.account() : null;
		if (account == null) {
			pass(sanitized, request, response, callback, filters);
			return;
		}
		this.signedIn.begin(account);
		try {
			pass(sanitized, request, response, callback, filters);
		}
		finally {
			this.signedIn.end();
		}
	}

	private void pass(CallbackRequest sanitized, HttpServletRequest request, HttpServletResponse response,
			Callback callback, FilterChain filters) throws ServletException, IOException {
		try {
			filters.doFilter(sanitized, response);
		}
		catch (QqLoginOutcome outcome) {
			this.outcomes.handle(request, response, outcome, callback);
		}
	}

	/**
	 * Answered here and not by Spring's filter, whose failure would cost a signed-in
	 * visitor the remember-me cookie for a link that a stranger sent.
	 */
	private static OAuth2AuthenticationException unknownState() {
		return new OAuth2AuthenticationException(new OAuth2Error("authorization_request_not_found"));
	}

	/**
	 * Exactly one code and one state is a callback. One state with anything else, or that
	 * of another registration, becomes a refusal. Without exactly one state there is
	 * nothing to use up, and Spring's filter refuses an empty callback.
	 */
	private Map<String, String[]> parameters(HttpServletRequest request, @Nullable OAuth2AuthorizationRequest stored) {
		Map<String, String[]> parameters = new LinkedHashMap<>();
		String state = single(request, OAuth2ParameterNames.STATE);
		if (state == null) {
			return parameters;
		}
		parameters.put(OAuth2ParameterNames.STATE, new String[] { state });
		String code = single(request, OAuth2ParameterNames.CODE);
		boolean refused = request.getParameter(OAuth2ParameterNames.ERROR) != null
				|| request.getParameter(USERCANCEL) != null || (stored != null && !isQq(stored));
		if (code == null || refused) {
			parameters.put(OAuth2ParameterNames.ERROR, new String[] { OAuth2ErrorCodes.ACCESS_DENIED });
			return parameters;
		}
		parameters.put(OAuth2ParameterNames.CODE, new String[] { code });
		if (stored != null && stored.getAttribute(QqAuthorizationRequestResolver.REMEMBER_ME) != null) {
			parameters.put(this.chain.rememberMeParameter(), new String[] { "true" });
		}
		return parameters;
	}

	static boolean isQq(OAuth2AuthorizationRequest stored) {
		return LoginPaths.REGISTRATION_ID.equals(stored.getAttribute(OAuth2ParameterNames.REGISTRATION_ID));
	}

	private static @Nullable String single(HttpServletRequest request, String name) {
		String[] values = request.getParameterValues(name);
		return (values != null && values.length == 1 && !values[0].isEmpty()) ? values[0] : null;
	}

	/**
	 * The callback under way in this request, or {@code null} where it is none of QQ's.
	 */
	static @Nullable Callback current(HttpServletRequest request) {
		return (Callback) request.getAttribute(ATTRIBUTE);
	}

	/**
	 * A callback of QQ.
	 *
	 * @param stored the authorization request that it answers, where it is one of ours
	 */
	record Callback(@Nullable OAuth2AuthorizationRequest stored) {

		@Nullable String next() {
			return (this.stored != null)
					? LocalPath.orNull(this.stored.getAttribute(QqAuthorizationRequestResolver.NEXT)) : null;
		}

		/**
		 * Who was signed in when the visitor left for QQ to bind one.
		 */
		@Nullable String account() {
			return (this.stored != null) ? this.stored.getAttribute(QqAuthorizationRequestResolver.ACCOUNT) : null;
		}

	}

}
