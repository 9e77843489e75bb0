package io.github.qqoauth2.conversation.oauth2;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * QQ's tokens are stored encrypted if there are keys, and not at all otherwise.
 */
class TokensIT {

	private static final String KEY = key();

	private static final String OLD_KEY = key();

	private static final String DATABASE = "jdbc:h2:mem:tokens;DB_CLOSE_DELAY=-1";

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = node(OLD_KEY);

	private final Visit visit = new Visit(application, qq);

	private static String key() {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		return Base64.getEncoder().encodeToString(key);
	}

	private static Application node(String... keys) {
		Application.Builder node = Application.with(qq)
			.source(Site.WithChain.class, TokenPage.class)
			.property("spring.datasource.url", DATABASE);
		for (int i = 0; i < keys.length; i++) {
			node.property("qq.oauth2.token-encryption-keys[" + i + "]", keys[i]);
		}
		return node.start();
	}

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.jdbc().sql("delete from qq_authorized_client").update();
		qq.reset();
	}

	private void givenBinding() {
		Visit other = new Visit(application, qq);
		other.qqLogin(QqPerson.XIAO_MING);
		other.bind("alice", "alice-password");
	}

	private static List<String> rows() {
		return application.jdbc()
			.sql("select account || ' ' || tokens from qq_authorized_client")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private static QqAuthorizedClients clients() {
		return application.bean(QqAuthorizedClients.class);
	}

	private static OAuth2AuthorizedClient client() {
		return Objects.requireNonNull(clients().find("alice"));
	}

	/**
	 * The response of QQ's {@code me} endpoint for this token.
	 */
	static String me(QqSimulator qq, String accessToken) {
		return new Browser(URI.create(qq.url() + "/")).get("oauth2.0/me?fmt=json&access_token=" + accessToken).body();
	}

	@Test
	void loginWhenKeyThenPageGetsAccessTokenWithoutRefreshToken() {
		givenBinding();
		String bound = rows().get(0);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String[] page = this.visit.browser().get("token").body().split(" ");
		assertThat(page).hasSize(2);
		assertThat(me(qq, page[0])).contains(QqPerson.XIAO_MING.openid(QqSimulator.APP_ID));
		assertThat(page[1]).isEqualTo("null");
		String first = rows().get(0);
		assertThat(first).startsWith("alice ey").doesNotContain(page[0]).isNotEqualTo(bound);
		new Visit(application, qq).qqLogin(QqPerson.XIAO_MING);
		assertThat(rows()).singleElement().isNotEqualTo(first);
		assertThat(client().getAccessToken().getTokenValue()).isNotEqualTo(page[0]);
	}

	@Test
	void loginWhenKeyThenClientServiceIsEmpty() {
		givenBinding();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		OAuth2AuthorizedClient inMemory = application.bean(OAuth2AuthorizedClientService.class)
			.loadAuthorizedClient("qq", "alice");
		assertThat(inMemory).isNull();
	}

	/**
	 * The account was bound before the site had keys.
	 */
	@Test
	void pageWhenNoTokenIsStoredThenFetchedOnce() {
		givenBinding();
		clients().remove("alice");
		this.visit.login("alice", "alice-password");
		Map<String, String> cookies = this.visit.browser().cookies();
		String callback = this.visit.approve(QqPerson.XIAO_MING, "token");
		Browser.Page back = this.visit.browser().get(callback);
		assertThat(back.location()).isEqualTo("/token");
		assertThat(this.visit.browser().get("token").body()).endsWith(" null");
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		qq.clearRequests();
		clients().refresh(client());
		assertThat(qq.requests()).hasSize(1);
	}

	@Test
	void keysWhenRotatedThenReadsOldRowsAndWritesWithFirstKey() {
		givenBinding();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String token = client().getAccessToken().getTokenValue();
		try (Application rotated = node(KEY, OLD_KEY); Application without = node(KEY)) {
			assertThat(Objects.requireNonNull(rotated.bean(QqAuthorizedClients.class).find("alice"))
				.getAccessToken()
				.getTokenValue()).isEqualTo(token);
			assertThat(without.bean(QqAuthorizedClients.class).find("alice")).isNull();
			new Visit(rotated, qq).qqLogin(QqPerson.XIAO_MING);
			assertThat(without.bean(QqAuthorizedClients.class).find("alice")).isNotNull();
			assertThat(clients().find("alice")).isNull();
		}
	}

	@Test
	void refreshWhenConcurrentOnTwoNodesThenCallsQqOnce() throws Exception {
		givenBinding();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		OAuth2AuthorizedClient before = client();
		qq.clearRequests();
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try (Application second = node(OLD_KEY)) {
			List<Callable<OAuth2AuthorizedClient>> calls = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				QqAuthorizedClients node = ((i % 2 == 0) ? application : second).bean(QqAuthorizedClients.class);
				calls.add(() -> Objects.requireNonNull(node.refresh(before)));
			}
			List<String> tokens = new ArrayList<>();
			for (Future<OAuth2AuthorizedClient> call : threads.invokeAll(calls)) {
				tokens.add(call.get().getAccessToken().getTokenValue());
				assertThat(call.get().getRefreshToken()).isNull();
			}
			assertThat(tokens).containsOnly(client().getAccessToken().getTokenValue())
				.doesNotContain(before.getAccessToken().getTokenValue());
		}
		finally {
			threads.shutdown();
		}
		assertThat(qq.requests()).singleElement().satisfies((request) -> {
			assertThat(request.endpoint()).isEqualTo(QqEndpoint.TOKEN);
			assertThat(request.parameters()).containsOnlyKeys("grant_type", "client_id", "client_secret",
					"refresh_token", "fmt");
			assertThat(request.parameter("grant_type")).isEqualTo("refresh_token");
		});
		assertThat(me(qq, client().getAccessToken().getTokenValue())).contains("openid");
		assertThat(Objects.requireNonNull(clients().refresh(client())).getRefreshToken()).isNull();
		assertThat(qq.requests()).hasSize(3);
	}

	@Test
	void refreshWhenQqFailsThenTokensAreKept() {
		givenBinding();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		OAuth2AuthorizedClient before = client();
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100021, "x"));
		assertThatThrownBy(() -> clients().refresh(before)).isInstanceOf(OAuth2AuthorizationException.class)
			.hasMessageContaining("100021");
		assertThat(client().getAccessToken().getTokenValue()).isEqualTo(before.getAccessToken().getTokenValue());
		assertThat(clients().refresh(before)).isNotNull();
		application.bean(QqAccountBindings.class).remove("alice");
		assertThat(clients().refresh(before)).isNull();
	}

	@Test
	void pageWhenTokenIsExpiredThenNotRefreshed() {
		givenBinding();
		qq.enqueue(QqEndpoint.TOKEN, token("ENDEDACCESS", "REFRESH", 1));
		this.visit.qqLogin(QqPerson.XIAO_MING);
		qq.clearRequests();
		assertThat(this.visit.browser().get("token").body()).isEqualTo("ENDEDACCESS null");
		assertThat(qq.requests()).isEmpty();
	}

	@Test
	void refreshWhenNoRefreshTokenThenException() {
		givenBinding();
		qq.enqueue(QqEndpoint.TOKEN, token("ACCESS", "", 60));
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThatThrownBy(() -> clients().refresh(client())).isInstanceOf(OAuth2AuthorizationException.class)
			.hasMessageContaining("no refresh token");
	}

	@Test
	void tokensWhenBindingIsRemovedOrRenamedThenSameForTokens() {
		givenBinding();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		application.bean(QqAccountBindings.class).rename("alice", "bob");
		assertThat(clients().find("alice")).isNull();
		assertThat(clients().find("bob")).isNotNull();
		application.bean(QqAccountBindings.class).remove("bob");
		assertThat(rows()).isEmpty();
	}

	@Test
	void rowWhenMovedToOtherAccountThenNotFound() {
		givenBinding();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Visit bob = new Visit(application, qq);
		bob.qqLogin(QqPerson.PANDA);
		bob.bind("bob", "bob-password");
		clients().remove("bob");
		application.jdbc().sql("update qq_authorized_client set account = 'bob'").update();
		assertThat(clients().find("bob")).isNull();
		application.jdbc().sql("update qq_authorized_client set account = 'alice', tokens = 'eyJ.a.b.c.d'").update();
		assertThat(clients().find("alice")).isNull();
	}

	/**
	 * The heap is searched after QQ has closed its connections, because until then the
	 * JDK's client keeps the last bytes that it has read from each.
	 */
	@Test
	@Tag("T-20")
	void loginWhenNoKeyThenTokensAreNotKept(@TempDir Path directory) throws Exception {
		List<String> reversed = List.of(secret(), secret());
		QqSimulator closing = QqSimulator.start();
		try (Application without = Application.with(closing).source(Site.WithChain.class).start()) {
			for (int i = 0; i < 2; i++) {
				closing.enqueue(QqEndpoint.TOKEN, token(reverse(reversed.get(0)), reverse(reversed.get(1)), 7776000));
				Visit visitor = new Visit(without, closing);
				visitor.qqLogin(QqPerson.XIAO_MING);
				visitor.bind("alice", "alice-password");
			}
			closing.reset();
			closing.close();
			List<String> tables = without.jdbc()
				.sql("select table_name from information_schema.tables where table_schema = 'PUBLIC'")
				.query((row, number) -> row.getString(1))
				.list();
			assertThat(tables).containsExactly("QQ_ACCOUNT_BINDING");
			List<String> database = without.jdbc().sql("script").query((row, number) -> row.getString(1)).list();
			assertThat(database.toString()).contains("alice");
			assertThat(reversed).noneMatch((secret) -> database.toString().contains(reverse(secret)));
			Path heap = directory.resolve("heap.hprof");
			ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(heap.toString(), true);
			assertThat(contains(heap, "QQ_ACCOUNT_BINDING", false)).isTrue();
			assertThat(contains(heap, reversed.get(0), true)).isFalse();
			assertThat(contains(heap, reversed.get(1), true)).isFalse();
		}
	}

	/**
	 * The test keeps secrets reversed, so that it does not find its own copy.
	 */
	private static String secret() {
		byte[] secret = new byte[16];
		new SecureRandom().nextBytes(secret);
		return HexFormat.of().formatHex(secret);
	}

	private static String reverse(String text) {
		return new StringBuilder(text).reverse().toString();
	}

	private static boolean contains(Path file, String text, boolean backwards) throws IOException {
		byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
		int length = wanted.length;
		int[] window = new int[length];
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
			int position = 0;
			for (int read = in.read(); read >= 0; read = in.read()) {
				window[position++ % length] = read;
				boolean found = position >= length;
				for (int i = 0; found && i < length; i++) {
					found = window[(position + i) % length] == wanted[backwards ? length - 1 - i : i];
				}
				if (found) {
					return true;
				}
			}
		}
		return false;
	}

	private static QqReply token(String access, String refresh, int seconds) {
		return QqReply.of(200, "application/json",
				"{\"access_token\":\"" + access + "\",\"expires_in\":" + seconds + ",\"refresh_token\":\"" + refresh
						+ "\",\"openid\":\"" + QqPerson.XIAO_MING.openid(QqSimulator.APP_ID) + "\"}");
	}

	/**
	 * A page that uses the access token.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TokenPage {

		@Bean
		Controller tokenController() {
			return new Controller();
		}

	}

	@RestController
	static class Controller {

		@GetMapping("/token")
		String token(@RegisteredOAuth2AuthorizedClient("qq") OAuth2AuthorizedClient client) {
			return client.getAccessToken().getTokenValue() + " " + client.getRefreshToken();
		}

	}

}
