package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The formats of QQ's replies.
 */
final class WireFormat {

	static final String TEXT_HTML = "text/html";

	private WireFormat() {
	}

	/**
	 * Spaces and line feed as recorded in me-ok-jsonp-newline.txt.
	 */
	static String jsonp(String json) {
		return "callback( " + json + " );\n";
	}

	/**
	 * Returns an error in the format of the endpoint and the request's fmt. Plain JSON
	 * for fmt=json is recorded for the me endpoint and assumed for the token endpoint.
	 */
	static String error(QqRequest request, Refusal refusal) {
		return switch (request.endpoint()) {
			case AUTHORIZE, COMPONENT_FRAME, COMPONENT_PHONE -> Pages.error(request, refusal);
			case TOKEN, ME -> {
				String json = object("error", refusal.number(), "error_description", refusal.description());
				yield request.wantsJson() ? json : jsonp(json);
			}
			case USER_INFO, COMPONENT, COMPONENT_STATUS ->
				object("ret", refusal.number(), "msg", refusal.description());
		};
	}

	private static String object(String numberName, int number, String textName, String text) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put(numberName, number);
		members.put(textName, text);
		return JsonText.object(members);
	}

}
