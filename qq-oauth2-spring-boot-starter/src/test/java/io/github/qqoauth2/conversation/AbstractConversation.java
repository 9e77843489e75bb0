package io.github.qqoauth2.conversation;

import org.junit.jupiter.api.BeforeEach;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Conversations with one application, whose table and simulator are empty before each.
 */
abstract class AbstractConversation {

	static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	static final QqSimulator qq = QqSimulator.start();

	static final Application application = Application.with(qq).source(Site.WithChain.class).start();

	final Visit visit = new Visit(application, qq);

	@BeforeEach
	void forget() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.bean(Site.Events.class).clear();
		qq.reset();
	}

	/**
	 * Another visitor, in a browser of their own, binds a QQ to an account.
	 */
	void bound(QqPerson person, String account) {
		Visit other = new Visit(application, qq);
		other.comeBack(person);
		other.bind(account, account + "-password");
		application.bean(Site.Events.class).clear();
		qq.clearRequests();
	}

}
