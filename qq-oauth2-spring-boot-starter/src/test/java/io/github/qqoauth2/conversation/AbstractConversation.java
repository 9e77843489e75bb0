package io.github.qqoauth2.conversation;

import org.junit.jupiter.api.BeforeEach;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Conversations with one application. The binding table and the simulator are emptied
 * before each test.
 */
public abstract class AbstractConversation {

	protected static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	protected static final QqSimulator qq = QqSimulator.start();

	protected static final Application application = Application.with(qq).source(Site.WithChain.class).start();

	protected final Visit visit = new Visit(application, qq);

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.bean(Site.Events.class).clear();
		application.resetClock();
		qq.reset();
	}

	/**
	 * Another visitor binds the person's QQ identity to the account.
	 */
	protected void givenBinding(QqPerson person, String account) {
		Visit other = new Visit(application, qq);
		other.qqLogin(person);
		other.bind(account, account + "-password");
		application.bean(Site.Events.class).clear();
		qq.clearRequests();
	}

}
