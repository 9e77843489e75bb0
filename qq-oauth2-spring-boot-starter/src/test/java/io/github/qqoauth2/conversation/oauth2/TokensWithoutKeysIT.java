package io.github.qqoauth2.conversation.oauth2;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page that requires QQ's token fails with a message if no tokens are stored. It does
 * not send the visitor to QQ again and again.
 */
class TokensWithoutKeysIT {

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { OAuth2ClientIT.LoginFirst.class, OAuth2ClientIT.ClientFirst.class,
			OAuth2ClientIT.ClientElsewhere.class, Site.WithoutChain.class, Site.WithChain.class })
	void pageWhenTokenIsRequiredThenErrorNamesProperty(Class<?> chain) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		PrintStream out = System.out;
		System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
		try (Application application = Application.with(qq).source(chain, TokensIT.TokenPage.class).start()) {
			Visit visit = new Visit(application, qq);
			visit.qqLogin(QqPerson.XIAO_MING);
			assertThat(visit.bind("alice", "alice-password").location()).isEqualTo("/");
			qq.clearRequests();
			Browser.Page page = visit.browser().get("token");
			assertThat(page.status()).isEqualTo(500);
			assertThat(page.header("Location")).isNull();
			assertThat(qq.requests()).isEmpty();
			assertThat(visit.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
			assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		}
		finally {
			System.setOut(out);
		}
		assertThat(output.toString(StandardCharsets.UTF_8)).contains("ERROR",
				"The page /token requires the authorized client 'qq'", "qq.oauth2.token-encryption-keys");
	}

}
