package io.github.qqoauth2.conversation.ticket;

import java.util.Set;

import io.github.qqoauth2.conversation.frontend.AbstractDocumentedAnswers;

/**
 * The API document and a site without sessions.
 */
class TokenDocumentedAnswersIT extends AbstractDocumentedAnswers {

	TokenDocumentedAnswersIT() {
		super(TokenFrontEndIT.site);
	}

	/**
	 * The token of a request is read after the starter's pages.
	 */
	@Override
	protected Set<String> never() {
		return Set.of("readLastError 204");
	}

}
