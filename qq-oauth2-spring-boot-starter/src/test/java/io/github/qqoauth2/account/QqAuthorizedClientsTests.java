package io.github.qqoauth2.account;

import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.account.AbstractBindingWritesIT.ExceptionKind;
import io.github.qqoauth2.client.QqClient;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QqAuthorizedClientsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private final DataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	@BeforeEach
	void createTables() {
		new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", QqAccountBinding.class),
				new ClassPathResource("schema-authorized-client-h2.sql", QqAccountBinding.class))
			.execute(this.dataSource);
		bindings().bind(new QqIdentity("101", "AAAA", null), null, "alice");
	}

	private QqAccountBindings bindings() {
		return new QqAccountBindings(QqAccountBindings.jdbcStore(this.jdbc), "101", Clock.systemUTC(),
				new TransactionTemplate(new JdbcTransactionManager(this.dataSource)), (event) -> {
				});
	}

	private QqAuthorizedClients clients(JdbcClient jdbc, Clock clock) {
		TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
		transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		QqClient client = new QqClient(URI.create("http://127.0.0.1:1"), false, Duration.ofSeconds(1), 1,
				ObservationRegistry.NOOP);
		return new QqAuthorizedClients(jdbc, bindings(), client, QqAuthorizedClientsTests::registration,
				List.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="), transactions, clock);
	}

	private QqAuthorizedClients clients() {
		return clients(this.jdbc, Clock.systemUTC());
	}

	static ClientRegistration registration() {
		return ClientRegistration.withRegistrationId("qq")
			.clientId("101")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/qq")
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.tokenUri("https://graph.qq.com/oauth2.0/token")
			.build();
	}

	private static OAuth2AccessToken token(String value) {
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, value, NOW, NOW.plusSeconds(60));
	}

	private JdbcClient translating(ExceptionKind kind) {
		JdbcTemplate template = new JdbcTemplate(this.dataSource);
		template.setExceptionTranslator((task, sql, ex) -> kind.create(task, ex));
		return JdbcClient.create(template);
	}

	private String storedToken(String account) {
		return Objects.requireNonNull(clients().find(account)).getAccessToken().getTokenValue();
	}

	private String encrypted(String openid) {
		return clients().encrypt(new QqIdentity("101", openid, null), token("mine"),
				new OAuth2RefreshToken("refresh", null));
	}

	@Test
	void saveWhenEncryptedThenStoredForItsIdentity() {
		String encrypted = encrypted("AAAA");
		assertThat(encrypted).startsWith("ey").doesNotContain("mine", "refresh", "AAAA");
		clients().save("alice", encrypted);
		assertThat(storedToken("alice")).isEqualTo("mine");
		assertThat(this.jdbc.sql("select tokens from qq_authorized_client").query(String.class).single())
			.isNotEqualTo(encrypted);
	}

	/**
	 * The account was unbound and bound to another identity since.
	 */
	@Test
	void saveWhenEncryptedForOtherIdentityThenNothingChanges() {
		clients().save("alice", encrypted("BBBB"));
		assertThat(clients().find("alice")).isNull();
		clients().save("alice", token("of AAAA"), null);
		clients().save("alice", encrypted("BBBB"));
		assertThat(storedToken("alice")).isEqualTo("of AAAA");
	}

	@Test
	void saveWhenEncryptedAndNotBoundOrUnreadableThenNothing() {
		clients().save("bob", encrypted("AAAA"));
		clients().save("alice", encrypted("AAAA").replaceFirst(".$", "!"));
		clients().save("alice", "");
		assertThat(this.jdbc.sql("select count(*) from qq_authorized_client").query(Long.class).single()).isZero();
	}

	/**
	 * The clock is read for the update, which finds no row, and for the insert: another
	 * login inserts its row between the two.
	 */
	@ParameterizedTest
	@EnumSource
	void saveWhenOtherLoginInsertedMeanwhileThenReplacesItsTokens(ExceptionKind kind) {
		AtomicInteger calls = new AtomicInteger();
		Clock clock = new Clock() {

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

			@Override
			public Instant instant() {
				if (calls.incrementAndGet() == 2) {
					clients().save("alice", token("other"), null);
				}
				return NOW;
			}

		};
		clients(translating(kind), clock).save("alice", token("mine"), null);
		assertThat(calls).hasValue(3);
		assertThat(storedToken("alice")).isEqualTo("mine");
	}

	@ParameterizedTest
	@EnumSource
	void saveWhenNoRowInTheWayThenFailsWithTheException(ExceptionKind kind) {
		this.jdbc.sql("alter table qq_authorized_client add constraint refused check (account <> 'alice')").update();
		assertThatThrownBy(() -> clients(translating(kind), Clock.systemUTC()).save("alice", token("mine"), null))
			.isInstanceOf(kind.create("task", new SQLException()).getClass());
		assertThat(clients().find("alice")).isNull();
	}

	private static QqAccountEvent renamed() {
		return new QqAccountEvent(QqAccountEvent.Kind.RENAMED, "alicia", "alice", null, NOW);
	}

	@Test
	void followWhenRenamedThenKeepsTokensInPlaceOfOthers() {
		clients().save("alice", token("mine"), null);
		this.jdbc.sql("insert into qq_authorized_client values ('101', 'alicia', 'stale', now())").update();
		bindings().rename("alice", "alicia");
		clients().follow(renamed());
		assertThat(storedToken("alicia")).isEqualTo("mine");
		assertThat(clients().find("alice")).isNull();
	}

	@Test
	void followWhenForeignKeyHasRenamedThenKeepsTokens() {
		clients().save("alice", token("mine"), null);
		bindings().rename("alice", "alicia");
		this.jdbc.sql("update qq_authorized_client set account = 'alicia'").update();
		clients().follow(renamed());
		assertThat(storedToken("alicia")).isEqualTo("mine");
	}

}
