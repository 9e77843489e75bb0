package io.github.qqoauth2.conversation;

import org.junit.jupiter.api.BeforeEach;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Conversations with one application, whose table and simulator are empty before each.
 */
public abstract class AbstractConversation {

	protected static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	protected static final QqSimulator qq = QqSimulator.start();

	protected static final Application application = Application.with(qq).source(Site.WithChain.class).start();

	protected final Visit visit = new Visit(application, qq);

	@BeforeEach
	void forget() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.bean(Site.Events.class).clear();
		qq.reset();
	}

	/**
	 * Another visitor, in a browser of their own, binds a QQ to an account.
	 */
	protected void bound(QqPerson person, String account) {
		Visit other = new Visit(application, qq);
		other.comeBack(person);
		other.bind(account, account + "-password");
		application.bean(Site.Events.class).clear();
		qq.clearRequests();
	}

}
