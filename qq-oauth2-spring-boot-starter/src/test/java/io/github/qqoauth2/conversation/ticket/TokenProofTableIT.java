package io.github.qqoauth2.conversation.ticket;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractProofTable;

/**
 * The table at a site without sessions.
 */
class TokenProofTableIT extends AbstractProofTable {

	private static final Application site = Application.with(qq)
		.source(TokenSite.class)
		.property("qq.oauth2.auto-register", "true")
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.property("qq.oauth2.redirect-uri", "{baseUrl}/app/callback.html")
		.start();

	TokenProofTableIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected Map<String, List<Runnable>> logins() {
		return Map.of("by a token, after `accountProved`", List.of(() -> signIn("alice")), "by a token alone",
				List.of(() -> {
					signIn("alice");
					this.frontEnd.browser().removeCookie("qq-proof");
				}), WITH_PASSWORD, List.of(() -> signIn("alice")));
	}

}
