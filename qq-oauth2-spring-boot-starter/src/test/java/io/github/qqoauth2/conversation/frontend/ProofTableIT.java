package io.github.qqoauth2.conversation.frontend;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;

/**
 * The table at a site with sessions.
 */
class ProofTableIT extends AbstractSessionProofTable {

	private static final Application site = Application.with(qq)
		.source(ProofSite.class)
		.property("qq.oauth2.auto-register", "true")
		.start();

	ProofTableIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected String sessionCookie() {
		return "JSESSIONID";
	}

}
