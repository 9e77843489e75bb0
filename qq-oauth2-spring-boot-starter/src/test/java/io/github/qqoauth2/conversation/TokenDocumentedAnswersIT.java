package io.github.qqoauth2.conversation;

/**
 * The API document and a site without sessions.
 */
class TokenDocumentedAnswersIT extends AbstractDocumentedAnswers {

	TokenDocumentedAnswersIT() {
		super(TokenFrontEndIT.site);
	}

}
