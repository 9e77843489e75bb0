package io.github.qqoauth2.conversation.frontend;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * QQ's tokens of a first login are kept from the moment that its binding is written, at
 * sites with and without sessions. Until then they are stored encrypted.
 */
public abstract class AbstractKeptTokensConversation extends AbstractFrontEndVisit {

	protected static final String KEY = "S0VZU0tFWVNLRVlTS0VZU0tFWVNLRVlTS0VZU0tFWVM=";

	private static final String ACCESS_TOKEN = "CANARY0A1B2C3D4E5F60718293A4B5C6D7E8F9";

	private static final String REFRESH_TOKEN = "CANARYF9E8D7C6B5A4938271605F4E3D2C1B0A";

	private static final Map<String, String> PASSWORD = Map.of("password", "alice-password");

	private boolean unavailable;

	protected AbstractKeptTokensConversation(Application application) {
		super(application);
	}

	/**
	 * Starts a site that registers accounts automatically, unless its registrar refuses.
	 */
	protected static Application.Builder withKey(Application.Builder site) {
		return site.source(TokenPage.class)
			.property("qq.oauth2.auto-register", "true")
			.property("qq.oauth2.token-encryption-keys", KEY);
	}

	/**
	 * Returns everything that the site stores for this browser while a binding is
	 * pending, decrypted if it is a ticket.
	 */
	protected abstract String stored();

	@BeforeEach
	void prepare() {
		this.application.jdbc().sql("delete from qq_authorized_client").update();
		refuseRegistrations(true);
	}

	@AfterEach
	void restoreTable() {
		if (this.unavailable) {
			this.application.jdbc().sql("alter table unavailable rename to qq_authorized_client").update();
		}
	}

	private void refuseRegistrations(boolean refuse) {
		this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.rejectUsernames(refuse));
	}

	private List<String> accountsWithTokens() {
		return this.application.jdbc()
			.sql("select account from qq_authorized_client order by account")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private @Nullable OAuth2AuthorizedClient client(String account) {
		return this.application.bean(QqAuthorizedClients.class).find(account);
	}

	private static void issueCanary(QqPerson person) {
		qq.enqueue(QqEndpoint.TOKEN,
				QqReply.of(200, "application/json",
						"{\"access_token\":\"" + ACCESS_TOKEN + "\",\"expires_in\":7776000,\"refresh_token\":\""
								+ REFRESH_TOKEN + "\",\"openid\":\"" + person.openid(QqSimulator.APP_ID) + "\"}"));
	}

	/**
	 * The account has the tokens of this identity, which QQ accepts, and a page of the
	 * site gets them.
	 */
	private void assertKept(String account, QqPerson person) {
		assertThat(accountsWithTokens()).containsExactly(account);
		OAuth2AuthorizedClient client = Objects.requireNonNull(client(account));
		String token = client.getAccessToken().getTokenValue();
		assertThat(new Browser(URI.create(qq.url() + "/")).get("oauth2.0/me?fmt=json&access_token=" + token).body())
			.contains(person.openid(QqSimulator.APP_ID));
		assertThat(this.frontEnd.get("token").page().body()).isEqualTo(token);
		qq.clearRequests();
		OAuth2AuthorizedClient fresh = Objects
			.requireNonNull(this.application.bean(QqAuthorizedClients.class).refresh(client));
		assertThat(fresh.getAccessToken().getTokenValue()).isNotEqualTo(token);
		assertThat(qq.requests()).singleElement()
			.satisfies((request) -> assertThat(request.parameter("grant_type")).isEqualTo("refresh_token"));
	}

	@Test
	void bindThenTokensAreKept() {
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(accountsWithTokens()).isEmpty();
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice")).status()).isEqualTo(200);
		assertKept("alice", QqPerson.XIAO_MING);
	}

	@Test
	void bindWhenTriedAgainThenTokensAreKept() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		this.frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x")));
		this.frontEnd.post(FrontEnd.REGISTER, with(binding, Map.of("username", "alice")));
		assertThat(accountsWithTokens()).isEmpty();
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(200);
		assertKept("alice", QqPerson.XIAO_MING);
	}

	@Test
	void registerThenTokensAreKept() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		refuseRegistrations(false);
		assertThat(this.frontEnd.post(FrontEnd.REGISTER, with(binding, FORM)).status()).isEqualTo(200);
		assertKept("dora", QqPerson.XIAO_MING);
	}

	@Test
	void confirmWhenLoggedInAfterQqThenTokensAreKept() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		signIn("alice");
		assertThat(accountsWithTokens()).isEmpty();
		assertThat(this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, PASSWORD)).json()).containsEntry("bound", true);
		assertKept("alice", QqPerson.XIAO_MING);
	}

	@Test
	void linkWhenConfirmedThenTokensAreKept() {
		signIn("alice");
		String binding = this.frontEnd.link(QqPerson.XIAO_MING, "/").binding();
		assertThat(accountsWithTokens()).isEmpty();
		this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, PASSWORD));
		assertKept("alice", QqPerson.XIAO_MING);
	}

	@Test
	void linkWhenDismissedThenNoTokens() {
		signIn("alice");
		String binding = this.frontEnd.link(QqPerson.XIAO_MING, "/").binding();
		this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("dismiss", true)));
		assertThat(accountsWithTokens()).isEmpty();
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	void moveThenTokensAreThoseOfTheNewAccount() {
		refuseRegistrations(false);
		new FrontEnd(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		String automatic = this.application.bindings().keySet().iterator().next();
		assertThat(accountsWithTokens()).containsExactly(automatic);
		signIn("alice");
		FrontEnd.Answer question = this.frontEnd.link(QqPerson.XIAO_MING, "/");
		assertThat(this.frontEnd
			.post(FrontEnd.ACCOUNT, with(question.binding(), Map.of("from", automatic, "password", "alice-password")))
			.json()).containsEntry("bound", true);
		assertKept("alice", QqPerson.XIAO_MING);
	}

	/**
	 * The account keeps the identity that it has, and the tokens of that identity.
	 */
	@Test
	@Tag("T-20")
	void bindWhenAccountHasOtherIdentityThenItsTokensAreUnchanged() {
		bindTo("alice");
		String token = Objects.requireNonNull(client("alice")).getAccessToken().getTokenValue();
		FrontEnd other = new FrontEnd(this.application, qq);
		String binding = other.qqLogin(QqPerson.PANDA).binding();
		assertProblem(other.post(FrontEnd.BIND, proof(binding, "alice")), 409, "other-qq");
		assertThat(Objects.requireNonNull(client("alice")).getAccessToken().getTokenValue()).isEqualTo(token);
		assertThat(accountsWithTokens()).containsExactly("alice");
	}

	@Test
	void bindWhenTokensCannotBeStoredThenLoggedIn() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		this.application.jdbc().sql("alter table qq_authorized_client rename to unavailable").update();
		this.unavailable = true;
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice"));
		assertThat(loggedIn.json()).containsEntry("username", "alice").containsEntry("bound", true);
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	@Test
	@Tag("T-20")
	void pendingThenNoTokenIsReadable() {
		issueCanary(QqPerson.XIAO_MING);
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(pending.page().body()).doesNotContain("tokens", "CANARY");
		assertThat(this.frontEnd.get(FrontEnd.BIND).page().body()).doesNotContain("tokens", "CANARY");
		assertThat(stored()).contains("tokens", "eyJ").doesNotContain("CANARY");
		this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		assertThat(Objects.requireNonNull(client("alice")).getAccessToken().getTokenValue()).isEqualTo(ACCESS_TOKEN);
		assertThat(stored()).doesNotContain("tokens", "CANARY");
		assertThat(this.application.jdbc().sql("script").query((row, number) -> row.getString(1)).list().toString())
			.contains("alice")
			.doesNotContain("CANARY");
	}

	/**
	 * A page that uses the access token.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TokenPage {

		@Bean
		TokenController tokenController() {
			return new TokenController();
		}

	}

	@RestController
	static class TokenController {

		@GetMapping("/token")
		String token(@RegisteredOAuth2AuthorizedClient("qq") OAuth2AuthorizedClient client) {
			return client.getAccessToken().getTokenValue();
		}

	}

}
