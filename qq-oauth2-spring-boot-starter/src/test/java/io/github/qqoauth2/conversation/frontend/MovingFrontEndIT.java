package io.github.qqoauth2.conversation.frontend;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;

/**
 * Automatically registered accounts, at a site with sessions.
 */
class MovingFrontEndIT extends AbstractMovingFrontEndConversation {

	private static final Application site = Application.with(qq)
		.source(FrontEndSite.class)
		.property("qq.oauth2.auto-register", "true")
		.start();

	MovingFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected boolean issuesTokens() {
		return false;
	}

}
