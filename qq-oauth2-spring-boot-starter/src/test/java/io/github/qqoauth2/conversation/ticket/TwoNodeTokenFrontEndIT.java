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
 * A front end of a site without sessions that has two nodes: each request is answered by
 * the other one, and all that they share is the database and the keys.
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
	void bindWhenWrongOnBothNodesInTurnThenFiveInAll() {
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		for (int i = 0; i < 4; i++) {
			assertThat(wrong(this.frontEnd, binding).status()).isEqualTo(401);
		}
		assertThat(wrong(this.frontEnd, binding).code()).isEqualTo("too-many-attempts");
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(410);
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * Whoever brings the first ticket back each time gets five on each node and no more.
	 */
	@Test
	@Tag("T-31")
	void bindWhenTheFirstTicketComesBackEachTimeThenEachNodeHasCounted() {
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		String first = Objects.requireNonNull(this.frontEnd.browser().cookie("qq-pending"));
		int looked = 0;
		for (int i = 0; i < 20; i++) {
			this.frontEnd.browser().cookie("qq-pending", first);
			looked += (wrong(this.frontEnd, binding).status() == 401) ? 1 : 0;
		}
		assertThat(looked).isLessThanOrEqualTo(10);
		this.frontEnd.browser().cookie("qq-pending", first);
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(429);
		assertThat(this.application.bindings()).isEmpty();
	}

	private static FrontEnd.Answer wrong(FrontEnd frontEnd, String binding) {
		return frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x")));
	}

}
