package io.github.qqoauth2.conversation.frontend;

import java.util.Set;

/**
 * The API document and a site with sessions.
 */
class DocumentedAnswersIT extends AbstractDocumentedAnswers {

	DocumentedAnswersIT() {
		super(FrontEndIT.site);
	}

	@Override
	protected Set<String> never() {
		return Set.of("readPendingQq 400");
	}

}
