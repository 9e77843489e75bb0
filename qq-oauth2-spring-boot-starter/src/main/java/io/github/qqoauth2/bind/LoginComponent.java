package io.github.qqoauth2.bind;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.web.util.JavaScriptUtils;

/**
 * Serves the script that shows QQ's login component inside a page of the application.
 * <p>
 * The addresses that the script uses are part of its content. If it read them from the
 * page, an attacker who can insert attributes there could make it load another script, or
 * show a login with another app id or state.
 */
final class LoginComponent {

	private static final String QQ_SCRIPT = "https://res.connect.qq.com/jssdk/index.js";

	/** The authorization address of a simulator, with its base URL as group. */
	private static final Pattern SIMULATED = Pattern.compile("(?!https://graph\\.qq\\.com/)(.+)/oauth2\\.0/authorize");

	private final StaticFile script;

	/**
	 * Creates the component of a chain.
	 * @param registration the registration {@code qq}, if there is one
	 * @param start the path of the start, without the context path
	 * @param stateLifetime the time after which the script starts the login again
	 */
	LoginComponent(@Nullable ClientRegistration registration, String start, Duration stateLifetime) {
		String content = StaticFile.read("component.js");
		Map<String, String> settings = Map.of("script", qqScript(registration), "start", start, "lifetime",
				String.valueOf(stateLifetime.toSeconds()));
		for (Map.Entry<String, String> setting : settings.entrySet()) {
			content = content.replace("%" + setting.getKey() + "%",
					JavaScriptUtils.javaScriptEscape(setting.getValue()));
		}
		this.script = StaticFile.script("component", content);
	}

	private static String qqScript(@Nullable ClientRegistration registration) {
		Matcher simulated = SIMULATED
			.matcher((registration != null) ? registration.getProviderDetails().getAuthorizationUri() : "");
		return simulated.matches() ? simulated.group(1) + "/jssdk/index.js" : QQ_SCRIPT;
	}

	/**
	 * Writes the script if it is requested. Its stable address redirects to the one with
	 * the hash, by a relative address: a proxy may have removed a prefix of the path.
	 * @return whether it was requested
	 */
	boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!LoginPaths.isAt(request, LoginPaths.COMPONENT)) {
			return this.script.answer(request, response);
		}
		response.setStatus(HttpServletResponse.SC_FOUND);
		response.setHeader(HttpHeaders.LOCATION, this.script.fileName());
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
		return true;
	}

}
