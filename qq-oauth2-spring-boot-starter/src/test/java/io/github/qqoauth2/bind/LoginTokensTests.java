package io.github.qqoauth2.bind;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.client.QqClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LoginTokensTests {

	private final LoginFixture fixture = new LoginFixture();

	private final DataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

	private final QqAuthorizedClients clients = new QqAuthorizedClients(JdbcClient.create(this.dataSource),
			this.fixture.bindings,
			new QqClient(URI.create("http://127.0.0.1:1"), false, Duration.ofSeconds(1), 1, ObservationRegistry.NOOP),
			() -> LoginFixture.REGISTRATION, List.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
			TransactionOperations.withoutTransaction(), Clock.systemUTC());

	private final LoginTokens tokens = new LoginTokens(() -> this.clients);

	private void createTable() {
		new ResourceDatabasePopulator(new ClassPathResource("schema-authorized-client-h2.sql", QqAccountBinding.class))
			.execute(this.dataSource);
	}

	private static OAuth2LoginAuthenticationToken login() {
		return new OAuth2LoginAuthenticationToken(LoginFixture.REGISTRATION,
				new OAuth2AuthorizationExchange(LoginFixture.authorizationRequest("STATE", Map.of()),
						OAuth2AuthorizationResponse.success("CODE").redirectUri("https://www.example.com/cb").build()),
				new QqOAuth2User(LoginFixture.IDENTITY, () -> LoginFixture.PROFILE),
				AuthorityUtils.createAuthorityList("FACTOR"), new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER,
						"ACCESS", LoginFixture.NOW, LoginFixture.NOW.plusSeconds(60)),
				new OAuth2RefreshToken("REFRESH", null));
	}

	private String encrypted() {
		return Objects.requireNonNull(this.tokens.encrypt(login()));
	}

	@Test
	void encryptWhenNoKeysThenNull() {
		LoginTokens without = new LoginTokens(() -> null);
		assertThat(without.encrypt(login())).isNull();
		without.store(null, "alice");
		without.store(encrypted(), "alice");
	}

	@Test
	void storeWhenBoundThenStored() {
		createTable();
		assertThat(encrypted()).doesNotContain("ACCESS", "REFRESH");
		this.fixture.bound("alice");
		this.tokens.store(encrypted(), "alice");
		assertThat(Objects.requireNonNull(this.clients.find("alice")).getAccessToken().getTokenValue())
			.isEqualTo("ACCESS");
	}

	@Test
	void storeWhenAccountHasOtherIdentityThenNothing() {
		createTable();
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "alice", false);
		this.tokens.store(encrypted(), "alice");
		assertThat(this.clients.find("alice")).isNull();
	}

	@Test
	void storeWhenDatabaseFailsThenLoggedWithoutTokens(CapturedOutput output) {
		this.fixture.bound("alice");
		this.tokens.store(encrypted(), "alice");
		assertThat(output).contains("The QQ tokens of account 'alice' were not stored")
			.doesNotContain("ACCESS", "REFRESH");
	}

	@Test
	void storeWhenBeanFailsThenLogged(CapturedOutput output) {
		new LoginTokens(() -> {
			throw new IllegalStateException("of the bean");
		}).store("ENCRYPTED", "alice");
		assertThat(output).contains("The QQ tokens of account 'alice' were not stored").doesNotContain("ENCRYPTED");
	}

}
