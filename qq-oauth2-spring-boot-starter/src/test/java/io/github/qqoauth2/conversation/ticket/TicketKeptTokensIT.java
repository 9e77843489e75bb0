package io.github.qqoauth2.conversation.ticket;

import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.DirectDecrypter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractKeptTokensConversation;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * QQ's tokens of first logins, at a site without sessions.
 */
class TicketKeptTokensIT extends AbstractKeptTokensConversation {

	private static final String TICKET = "qq-pending";

	private static final Application site = withKey(Application.with(qq).source(TokenSite.class))
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.start();

	TicketKeptTokensIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected String stored() {
		String ticket = this.frontEnd.browser().cookie(TICKET);
		try {
			JWEObject jwe = (ticket != null) ? JWEObject.parse(ticket) : null;
			if (jwe == null) {
				return "";
			}
			jwe.decrypt(new DirectDecrypter(Base64.getDecoder().decode(TokenSite.KEY)));
			return jwe.getPayload().toString();
		}
		catch (ParseException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The ticket drops the tokens before it drops the page that was requested first.
	 */
	@Test
	void bindWhenTicketIsFullThenTokensAreDroppedAndTargetIsKept() {
		String next = "/" + "a/".repeat(1020);
		qq.enqueue(QqEndpoint.USER_INFO,
				QqReply.of(200, "text/html", "{\"ret\":0,\"nickname\":\"" + "昵".repeat(150) + "\"}"));
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=" + next));
		String ticket = Objects.requireNonNull(this.frontEnd.browser().cookie(TICKET));
		assertThat("__Host-" + TICKET + "=" + ticket).hasSizeLessThanOrEqualTo(4096);
		assertThat(stored()).contains("\"tokens\":null");
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		assertThat(loggedIn.json()).containsEntry("next", next).containsEntry("bound", true);
		assertThat(site.bean(QqAuthorizedClients.class).find("alice")).isNull();
	}

	@Test
	void bindWhenOtherFieldsAreLongThenTokensAreKept() {
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/" + "a/".repeat(400)));
		this.frontEnd.post(FrontEnd.REGISTER, with(pending.binding(),
				Map.of("username", "x", "nickname", "昵".repeat(24), "mobile", "1".repeat(300), "terms", true)));
		this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		assertThat(site.bean(QqAuthorizedClients.class).find("alice")).isNotNull();
	}

}
