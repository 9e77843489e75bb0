package io.github.qqoauth2.conversation.ticket;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several logins of one browser at once, at a site without sessions. Their authorization
 * requests share one ticket.
 */
class TicketTabsIT extends AbstractFrontEndVisit {

	private static final String TICKET = "qq-authorization";

	TicketTabsIT() {
		super(TokenFrontEndIT.site);
	}

	@BeforeEach
	void givenBinding() {
		givenBinding(QqPerson.XIAO_MING, "alice");
	}

	private List<Map<String, String>> startTabs(int count) {
		List<Map<String, String>> tabs = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tabs.add(this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/orders/" + i));
			assertFitsCookie();
		}
		return tabs;
	}

	private FrontEnd.Answer finish(Map<String, String> tab) {
		this.frontEnd.token(null);
		return this.frontEnd.post(FrontEnd.CALLBACK, tab);
	}

	private void assertLogsIn(Map<String, String> tab, int number) {
		FrontEnd.Answer answer = finish(tab);
		assertThat(answer.status()).as("tab %s", number).isEqualTo(200);
		assertThat(answer.text("next")).isEqualTo("/orders/" + number);
	}

	private void assertExpired(Map<String, String> tab) {
		int calls = qq.requests(QqEndpoint.TOKEN).size();
		assertProblem(finish(tab), 400, "expired");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(calls);
	}

	private String ticket() {
		return Objects.requireNonNull(this.frontEnd.browser().cookie(TICKET));
	}

	/**
	 * The longer one of the two cookie names counts.
	 */
	private void assertFitsCookie() {
		assertThat("__Host-" + TICKET + "=" + ticket()).hasSizeLessThanOrEqualTo(4096);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 4 })
	void loginsWhenSeveralTabsThenEachLogsIn(int count) {
		List<Map<String, String>> tabs = startTabs(count);
		for (int i = count - 1; i >= 0; i--) {
			assertThat(this.frontEnd.browser().cookies()).containsKey(TICKET);
			assertLogsIn(tabs.get(i), i);
		}
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(count);
		assertThat(this.frontEnd.browser().cookies()).isEmpty();
	}

	@Test
	void loginsWhenInOrderOfStartThenEachLogsIn() {
		List<Map<String, String>> tabs = startTabs(4);
		for (int i = 0; i < 4; i++) {
			assertLogsIn(tabs.get(i), i);
		}
		assertThat(this.frontEnd.browser().cookies()).isEmpty();
	}

	@Test
	void startWhenFifthThenOldestIsExpired() {
		List<Map<String, String>> tabs = startTabs(5);
		assertExpired(tabs.get(0));
		for (int i = 1; i < 5; i++) {
			assertLogsIn(tabs.get(i), i);
		}
	}

	@Test
	@Tag("T-03")
	void stateWhenUsedThenExpiredAndOtherTabWorks() {
		List<Map<String, String>> tabs = startTabs(2);
		assertLogsIn(tabs.get(0), 0);
		assertExpired(tabs.get(0));
		assertExpired(tabs.get(0));
		assertLogsIn(tabs.get(1), 1);
		assertThat(this.frontEnd.browser().cookies()).isEmpty();
		assertProblem(finish(tabs.get(1)), 400, "no-session");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(2);
	}

	@Test
	void stateWhenCancelledThenOtherTabWorks() {
		List<Map<String, String>> tabs = startTabs(2);
		assertThat(finish(Map.of("usercancel", "1", "state", tabs.get(0).get("state"))).code()).isEqualTo("cancelled");
		assertExpired(tabs.get(0));
		assertLogsIn(tabs.get(1), 1);
	}

	/**
	 * The target is dropped if it does not fit, so that the login still works.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "a", "a/", "%E4%B8%AD" })
	void loginWhenNextIsLongThenLogsIn(String part) {
		String next = "/" + part.repeat(2000 / part.length());
		Map<String, String> tab = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=" + next);
		assertFitsCookie();
		FrontEnd.Answer answer = finish(tab);
		assertThat(answer.status()).isEqualTo(200);
		if (part.equals("a")) {
			assertThat(answer.text("next")).isEqualTo(next);
		}
	}

	@Test
	void loginsWhenNextIsLongThenLatestLogsIn() {
		List<Map<String, String>> tabs = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			tabs.add(this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/" + i + "a".repeat(2000)));
			assertFitsCookie();
		}
		assertExpired(tabs.get(0));
		assertThat(finish(tabs.get(3)).text("next")).startsWith("/3aaa");
	}

	@Test
	void loginWhenTicketIsEncryptedAgainThenLogsIn() {
		List<Map<String, String>> tabs = startTabs(2);
		this.frontEnd.browser().cookie(TICKET, encrypt(decrypt(ticket())));
		assertLogsIn(tabs.get(0), 0);
		assertLogsIn(tabs.get(1), 1);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\"v\":\"2\"|\"v\":\"1\"", "\"v\":\"2\"|\"v\":2", "\"expiresAt\":\\[\"20|\"expiresAt\":[\"x",
					"\"expiresAt\":\\[|\"expiresAt\":[\"2099-01-01T00:00:00Z\",", "\"requests\":\\[|\"others\":[",
					"\"requests\":\\[\"|\"requests\":[1,\"", "^.*$|null", "^.*$|[]", "^.*$|x", "}$|" })
	@Tag("T-10")
	void loginWhenTicketIsOfOtherVersionOrDamagedThenExpired(String damage) {
		List<Map<String, String>> tabs = startTabs(1);
		String text = decrypt(ticket());
		String[] change = damage.split("\\|", 2);
		assertThat(text.replaceFirst(change[0], change[1])).isNotEqualTo(text);
		this.frontEnd.browser().cookie(TICKET, encrypt(text.replaceFirst(change[0], change[1])));
		assertExpired(tabs.get(0));
		assertLogsIn(startTabs(1).get(0), 0);
	}

	@Test
	@Tag("T-10")
	void loginWhenTicketIsTamperedThenExpired() {
		Map<String, String> tab = startTabs(1).get(0);
		String ticket = ticket();
		int middle = ticket.length() / 2;
		char other = (ticket.charAt(middle) == 'A') ? 'B' : 'A';
		this.frontEnd.browser().cookie(TICKET, ticket.substring(0, middle) + other + ticket.substring(middle + 1));
		assertExpired(tab);
		this.frontEnd.browser().cookie(TICKET, ticket);
		assertLogsIn(tab, 0);
	}

	private static byte[] key() {
		return Base64.getDecoder().decode(TokenSite.KEY);
	}

	private static String decrypt(String ticket) {
		try {
			JWEObject jwe = JWEObject.parse(ticket);
			jwe.decrypt(new DirectDecrypter(key()));
			return jwe.getPayload().toString();
		}
		catch (ParseException | JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String encrypt(String text) {
		try {
			JWEObject jwe = new JWEObject(
					new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).type(new JOSEObjectType(TICKET))
						.build(),
					new Payload(text));
			jwe.encrypt(new DirectEncrypter(key()));
			return jwe.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
