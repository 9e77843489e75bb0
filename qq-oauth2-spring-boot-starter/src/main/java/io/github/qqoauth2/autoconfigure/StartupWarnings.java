package io.github.qqoauth2.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

import io.github.qqoauth2.bind.QqLogin;

/**
 * Finds settings with which the application starts but QQ logins fail.
 */
final class StartupWarnings {

	private static final String EXAMPLE = "https://www.example.com/login/oauth2/code/qq";

	private StartupWarnings() {
	}

	/**
	 * Returns the warnings.
	 * @param callback the callback address, or {@code null} if it is not that of the real
	 * QQ: a simulator accepts any
	 * @param login the QQ login, whose filter chains are built
	 */
	static List<String> of(@Nullable CallbackAddress callback, Environment environment, QqLogin login) {
		List<String> warnings = new ArrayList<>();
		if (callback != null) {
			addCallback(warnings, callback);
		}
		if ("strict".equalsIgnoreCase(environment.getProperty("server.servlet.session.cookie.same-site"))) {
			warnings.add("The property server.servlet.session.cookie.same-site is 'strict': browsers return from QQ "
					+ "without their session, and every QQ login ends on the error page. Set it to lax, or remove it.");
		}
		warnings.addAll(login.warnings((callback != null) ? callback.path() : null));
		return warnings;
	}

	private static void addCallback(List<String> warnings, CallbackAddress callback) {
		String configured = callback.configured();
		if (callback.isRelative()) {
			boolean isDefault = configured.equals("{baseUrl}/login/oauth2/code/" + QqLogin.REGISTRATION_ID);
			warnings.add("The property qq.oauth2.redirect-uri is "
					+ (isDefault ? "not set" : "'" + configured + "', which depends on the request")
					+ ": the headers of each request decide which callback address QQ receives, and QQ accepts only the "
					+ "registered one (error 100010). Set it in full, such as " + EXAMPLE + ".");
		}
		List<String> faults = callback.faults();
		if (!faults.isEmpty()) {
			warnings.add("QQ does not accept the callback address '" + configured + "' (error 100010): it "
					+ String.join(", ", faults) + ". Set qq.oauth2.redirect-uri to an address such as " + EXAMPLE
					+ ", and register the same at QQ Connect.");
		}
	}

}
