package io.github.qqoauth2.conversation.ticket;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractMovingFrontEndConversation;

/**
 * Automatically registered accounts, at a site without sessions.
 */
class TokenMovingFrontEndIT extends AbstractMovingFrontEndConversation {

	private static final Application site = Application.with(qq)
		.source(TokenSite.class)
		.property("qq.oauth2.auto-register", "true")
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.property("qq.oauth2.redirect-uri", "{baseUrl}/app/callback.html")
		.start();

	TokenMovingFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected boolean issuesTokens() {
		return true;
	}

}
