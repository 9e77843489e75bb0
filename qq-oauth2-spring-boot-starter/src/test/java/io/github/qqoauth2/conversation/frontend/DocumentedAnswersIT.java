package io.github.qqoauth2.conversation.frontend;

import java.util.Set;

/**
 * The documented responses of a site with sessions.
 */
class DocumentedAnswersIT extends AbstractDocumentedAnswers {

	DocumentedAnswersIT() {
		super(FrontEndIT.site);
	}

	@Override
	protected Set<String> notSent() {
		return Set.of("readPendingQq 400");
	}

}
