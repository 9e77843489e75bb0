package io.github.qqoauth2.simulator;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A valid authorization request.
 *
 * @param app the app that sent it
 * @param redirectUri the requested redirect URI
 * @param state the app's state, returned unchanged
 * @param mobile whether the app requested the mobile page
 */
record Authorization(QqApp app, String redirectUri, String state, boolean mobile) {

	static Authorization of(QqRequest request, Registry registry) {
		String clientId = TokenEndpoint.required(request, "client_id", Refusal.CLIENT_ID);
		QqApp app = registry.app(clientId);
		if (app == null) {
			throw new RefusalException(new Refusal(Refusal.UNKNOWN_APP.number(),
					Refusal.UNKNOWN_APP.description() + "[appid: " + clientId + "] "));
		}
		String redirectUri = TokenEndpoint.required(request, "redirect_uri", Refusal.REDIRECT_URI);
		if (!RedirectCheck.accepts(app, redirectUri)) {
			throw new RefusalException(Refusal.REDIRECT_URI);
		}
		if (!"code".equals(request.parameter("response_type"))) {
			throw new RefusalException(Refusal.RESPONSE_TYPE);
		}
		String state = TokenEndpoint.required(request, "state", Refusal.STATE);
		return new Authorization(app, redirectUri, state, "mobile".equals(request.parameter("display")));
	}

	URI withCode(String code) {
		return redirect("code", code);
	}

	/**
	 * The redirect of QQ's former mobile documentation: neither code nor error.
	 */
	URI cancelled() {
		return redirect("usercancel", "1");
	}

	URI denied() {
		return redirect("error", "access_denied");
	}

	private URI redirect(String name, String value) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put(name, value);
		parameters.put("state", this.state);
		return URI.create(FormText.append(this.redirectUri, parameters));
	}

}
