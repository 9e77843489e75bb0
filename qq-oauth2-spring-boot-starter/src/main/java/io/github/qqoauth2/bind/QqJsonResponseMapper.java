package io.github.qqoauth2.bind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Maps each JSON response of the QQ login to the form that the front ends of the
 * application expect. Without a bean of this type, the responses are those that
 * {@code docs/openapi.yaml} describes. For example, with the status 200 for all: <pre>
 * &#64;Bean
 * QqJsonResponseMapper qqJsonResponseMapper() {
 *     return (request, response) -&gt; {
 *         Map&lt;String, Object&gt; body = response.body();
 *         return switch (response.kind()) {
 *             case AUTHORIZATION_URL -&gt; response.with(200,
 *                     Map.of("code", 200, "errmsg", "", "login_url", body.get("authorizationUrl")));
 *             case PROBLEM -&gt; response.with(200,
 *                     Map.of("code", response.status(), "msg", body.get("detail"), "data", body));
 *             default -&gt; response.with(200, Map.of("code", 200, "msg", "ok", "data", body));
 *         };
 *     };
 * }
 * </pre>
 * <p>
 * With such a bean, the starter writes every JSON response at the addresses of the QQ
 * login. The success and failure handlers of a chain's {@code oauth2Login} then answer
 * only requests for pages. Without it, they also answer the logins of front ends.
 * <p>
 * If the bean throws an exception, or its result cannot be written, the front end gets
 * the problem {@code internal} in the default form, and the log has the exception. A
 * login whose response fails so is undone.
 */
@FunctionalInterface
public interface QqJsonResponseMapper {

	/**
	 * Maps a response.
	 * @param request the request that is answered
	 * @param response the response that the starter would write
	 * @return the response to write
	 */
	Response map(HttpServletRequest request, Response response);

	/**
	 * A JSON response. The starter adds the headers.
	 *
	 * @param kind what the response is
	 * @param status the HTTP status, from 200 to 599. With 204, 205 and 304 no body is
	 * written
	 * @param body the JSON object: strings, numbers, booleans, {@code null}, maps and
	 * lists of these. It cannot be changed
	 */
	record Response(Kind kind, int status, Map<String, @Nullable Object> body) {

		public Response {
			body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
		}

		/**
		 * Returns a response with another status and body.
		 * @param newStatus the HTTP status
		 * @param newBody the JSON object
		 * @return a response of the same kind
		 */
		public Response with(int newStatus, Map<String, @Nullable Object> newBody) {
			return new Response(this.kind, newStatus, newBody);
		}

		/** Does not contain the body, which may have a token. */
		@Override
		public String toString() {
			return "Response[kind=" + this.kind + ", status=" + this.status + "]";
		}

	}

	/**
	 * The kinds of responses. Later versions may add others.
	 */
	enum Kind {

		/** The start of a login: QQ's address is in {@code authorizationUrl}. */
		AUTHORIZATION_URL,

		/** The pending binding of this browser. */
		PENDING_BINDING,

		/** The signed-in user's account, after a login with a token if there is one. */
		ACCOUNT,

		/** A problem: {@code code} says which, {@code detail} is for the visitor. */
		PROBLEM,

		/** There is no error to show. The status is 204 and the body is empty. */
		NO_ERROR

	}

}
