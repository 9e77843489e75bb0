package io.github.qqoauth2.conversation.ticket;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndConversation;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A front end of a site without sessions and with two nodes, which answer requests in
 * turn. They share only the database and the keys.
 */
class TwoNodeTokenFrontEndIT extends AbstractFrontEndConversation {

	private static final Application site = Application.with(qq)
		.source(TokenSite.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.property("qq.oauth2.redirect-uri", "http://127.0.0.1/login/oauth2/code/qq")
		.startTwoNodes();

	TwoNodeTokenFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected boolean hasSessions() {
		return false;
	}

	@Test
	@Tag("T-31")
	void bindWhenWrongPasswordsOnBothNodesThenFiveInAll() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		for (int i = 0; i < 4; i++) {
			assertThat(bindWithWrongPassword(this.frontEnd, binding).status()).isEqualTo(401);
		}
		assertThat(bindWithWrongPassword(this.frontEnd, binding).code()).isEqualTo("too-many-attempts");
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(410);
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * Sending the first ticket each time gives at most five attempts on each node.
	 */
	@Test
	@Tag("T-31")
	void bindWhenFirstTicketIsRepeatedThenFivePerNode() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String first = Objects.requireNonNull(this.frontEnd.browser().cookie("qq-pending"));
		int checked = 0;
		for (int i = 0; i < 20; i++) {
			this.frontEnd.browser().cookie("qq-pending", first);
			checked += (bindWithWrongPassword(this.frontEnd, binding).status() == 401) ? 1 : 0;
		}
		assertThat(checked).isLessThanOrEqualTo(10);
		this.frontEnd.browser().cookie("qq-pending", first);
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(429);
		assertThat(this.application.bindings()).isEmpty();
	}

	private static FrontEnd.Answer bindWithWrongPassword(FrontEnd frontEnd, String binding) {
		return frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x")));
	}

}
