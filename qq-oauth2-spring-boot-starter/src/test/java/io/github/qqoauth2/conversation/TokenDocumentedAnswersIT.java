package io.github.qqoauth2.conversation;

import java.util.Set;

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
	Set<String> never() {
		return Set.of("readLastError 204");
	}

}
