package io.github.qqoauth2.conversation.ticket;

import java.util.Set;

import io.github.qqoauth2.conversation.frontend.AbstractDocumentedAnswers;

/**
 * The documented responses of a site without sessions.
 */
class TokenDocumentedAnswersIT extends AbstractDocumentedAnswers {

	TokenDocumentedAnswersIT() {
		super(TokenFrontEndIT.site);
	}

	/**
	 * The token of a request is read after the filters of the starter's pages.
	 */
	@Override
	protected Set<String> notSent() {
		return Set.of("readLastError 204");
	}

}
