package io.github.qqoauth2.simulator;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An authorize call that QQ would accept.
 *
 * @param app the app
 * @param redirectUri where to go back to
 * @param state the app's state, returned unchanged
 * @param mobile whether the mobile page was asked for
 */
record Authorization(QqApp app, String redirectUri, String state, boolean mobile) {

	static Authorization of(QqRequest request, Registry registry) {
		String clientId = TokenEndpoint.present(request, "client_id", Refusal.CLIENT_ID);
		QqApp app = registry.app(clientId);
		if (app == null) {
			throw new RefusalException(new Refusal(Refusal.UNKNOWN_APP.number(),
					Refusal.UNKNOWN_APP.description() + "[appid: " + clientId + "] "));
		}
		String redirectUri = TokenEndpoint.present(request, "redirect_uri", Refusal.REDIRECT_URI);
		if (!RedirectCheck.accepts(app, redirectUri)) {
			throw new RefusalException(Refusal.REDIRECT_URI);
		}
		if (!"code".equals(request.parameter("response_type"))) {
			throw new RefusalException(Refusal.RESPONSE_TYPE);
		}
		String state = TokenEndpoint.present(request, "state", Refusal.STATE);
		return new Authorization(app, redirectUri, state, "mobile".equals(request.parameter("display")));
	}

	URI withCode(String code) {
		return back("code", code);
	}

	/**
	 * As the mobile documentation of an earlier year has it: no code, and no error.
	 */
	URI cancelled() {
		return back("usercancel", "1");
	}

	URI denied() {
		return back("error", "access_denied");
	}

	private URI back(String name, String value) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put(name, value);
		parameters.put("state", this.state);
		return URI.create(FormText.append(this.redirectUri, parameters));
	}

}
