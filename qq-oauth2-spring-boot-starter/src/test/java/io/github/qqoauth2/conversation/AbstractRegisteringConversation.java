package io.github.qqoauth2.conversation;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Conversations with a site that registers accounts for QQ identities and keeps them in
 * the database of their bindings.
 */
public abstract class AbstractRegisteringConversation {

	protected static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	protected static final QqSimulator qq = QqSimulator.start();

	protected final Application application;

	protected final Visit visit;

	protected AbstractRegisteringConversation(Application application) {
		this.application = application;
		this.visit = new Visit(application, qq);
	}

	@BeforeEach
	protected void reset() {
		for (String table : List.of("users", "authorities")) {
			this.application.jdbc().sql("delete from " + table + " where username not in ('alice', 'bob')").update();
		}
		this.application.jdbc().sql("delete from member").update();
		this.application.jdbc().sql("delete from qq_account_binding").update();
		veto(null);
		this.application.beans(RegisteringSite.AccountEvents.class).forEach(RegisteringSite.AccountEvents::drain);
		committedEvents();
		for (RegisteringSite.Members members : this.application.beans(RegisteringSite.Members.class)) {
			members.rejectUsernames(false);
			members.disable(false);
			members.passwordless(false);
			members.fields(null);
		}
		this.application.bean(RegisteringSite.CountingEncoder.class).drain();
		this.application.bean(Site.Events.class).clear();
		this.application.resetClock();
		qq.reset();
	}

	/**
	 * The events of all nodes whose transaction was committed since the last call.
	 */
	protected List<String> committedEvents() {
		return this.application.beans(RegisteringSite.AccountEvents.class)
			.stream()
			.flatMap((events) -> events.drainCommitted().stream())
			.toList();
	}

	protected RegisteringSite.AccountEvents events() {
		return this.application.bean(RegisteringSite.AccountEvents.class);
	}

	/**
	 * Makes the listener of each node reject this kind of event.
	 */
	protected void veto(QqAccountEvent.@Nullable Kind kind) {
		this.application.beans(RegisteringSite.AccountEvents.class).forEach((events) -> events.veto(kind));
	}

	/**
	 * Makes the registrar of each node declare these fields.
	 */
	protected void fields(QqRegistrationField... fields) {
		this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.fields(List.of(fields)));
	}

	protected List<String> accounts() {
		return this.application.jdbc()
			.sql("select username from users order by username")
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Another visitor binds the person's QQ identity to the account.
	 */
	protected void givenBinding(QqPerson person, String account) {
		Visit other = new Visit(this.application, qq);
		other.qqLogin(person);
		other.bind(account, account + "-password");
		events().drain();
	}

	protected Browser.Page submitAccountPage(Browser.Page confirmation, Map<String, String> typed) {
		return this.visit.browser().submit(confirmation, "account/qq", typed);
	}

}
