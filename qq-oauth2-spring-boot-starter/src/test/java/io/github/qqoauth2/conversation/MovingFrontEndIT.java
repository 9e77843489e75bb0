package io.github.qqoauth2.conversation;

import org.junit.jupiter.api.AfterAll;

/**
 * Accounts made without asking, and a front end of a site with sessions.
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
	boolean issuesTokens() {
		return false;
	}

}
