package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The forms that QQ's replies take.
 */
final class WireFormat {

	static final String TEXT_HTML = "text/html";

	private WireFormat() {
	}

	/**
	 * Blanks and line feed as recorded, see me-ok-jsonp-newline.txt.
	 */
	static String jsonp(String json) {
		return "callback( " + json + " );\n";
	}

	/**
	 * An error in the form that the endpoint and the request's fmt ask for. Bare JSON for
	 * fmt=json is recorded for me and only likely for the token.
	 */
	static String error(QqRequest request, Refusal refusal) {
		return switch (request.endpoint()) {
			case AUTHORIZE -> Pages.error(request, refusal);
			case TOKEN, ME -> {
				String json = object("error", refusal.number(), "error_description", refusal.description());
				yield request.wantsJson() ? json : jsonp(json);
			}
			case USER_INFO -> object("ret", refusal.number(), "msg", refusal.description());
		};
	}

	private static String object(String numberName, int number, String textName, String text) {
		Map<String, Object> members = new LinkedHashMap<>();
		members.put(numberName, number);
		members.put(textName, text);
		return JsonText.object(members);
	}

}
