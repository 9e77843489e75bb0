package io.github.qqoauth2.conversation.ticket;

import java.util.Set;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractDocumentedAnswers;
import io.github.qqoauth2.conversation.frontend.Envelope;

/**
 * The documented responses of a site without sessions that maps each of them.
 */
class MappedTokenAnswersIT extends AbstractDocumentedAnswers {

	private static final Application site = Application.with(qq)
		.source(TokenSite.class, Envelope.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.start();

	MappedTokenAnswersIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected Set<String> notSent() {
		return Set.of("readLastError 204");
	}

}
