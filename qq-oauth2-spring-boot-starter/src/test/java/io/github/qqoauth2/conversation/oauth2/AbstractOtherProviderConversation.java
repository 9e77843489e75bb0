package io.github.qqoauth2.conversation.oauth2;

import org.junit.jupiter.api.BeforeEach;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Conversations with an application that has another provider. The binding table and the
 * simulator are emptied before each test.
 */
abstract class AbstractOtherProviderConversation {

	static final QqSimulator qq = QqSimulator.start();

	final Application application;

	final Visit visit;

	final Browser browser;

	AbstractOtherProviderConversation(Application application) {
		this.application = application;
		this.visit = new Visit(application, qq);
		this.browser = this.visit.browser();
	}

	@BeforeEach
	void reset() {
		this.application.jdbc().sql("delete from qq_account_binding").update();
		qq.reset();
	}

}
