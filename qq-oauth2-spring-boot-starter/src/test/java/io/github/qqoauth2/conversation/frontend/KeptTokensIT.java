package io.github.qqoauth2.conversation.frontend;

import java.util.Collections;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;

/**
 * QQ's tokens of first logins, at a site with sessions.
 */
class KeptTokensIT extends AbstractKeptTokensConversation {

	private static final Application site = withKey(Application.with(qq).source(FrontEndSite.class)).start();

	KeptTokensIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected String stored() {
		HttpSession session = site.bean(Site.Sessions.class).of(this.frontEnd.browser());
		return Collections.list(session.getAttributeNames())
			.stream()
			.map((name) -> name + "=" + session.getAttribute(name))
			.collect(Collectors.joining("\n"));
	}

}
