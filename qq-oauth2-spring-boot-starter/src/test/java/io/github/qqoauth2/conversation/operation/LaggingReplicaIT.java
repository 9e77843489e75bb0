package io.github.qqoauth2.conversation.operation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site with read/write splitting: statements of a transaction that may write go to the
 * primary database, all others to a replica that lacks what these tests write.
 */
class LaggingReplicaIT {

	private static final DataSource primary = database();

	private static final DataSource replica = database();

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = site().start();

	private static final Application registering = site().property("qq.oauth2.auto-register", "true").start();

	private static DataSource database() {
		DataSource database = new DriverManagerDataSource(
				"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;NON_KEYWORDS=VALUE");
		new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", QqAccountBinding.class),
				new ClassPathResource("schema-authorized-client-h2.sql", QqAccountBinding.class))
			.execute(database);
		JdbcClient.create(database).sql("create table member (name varchar(100) primary key)").update();
		JdbcClient.create(database).sql("insert into member values ('alice')").update();
		return database;
	}

	private static Application.Builder site() {
		return Application.with(qq)
			.source(SplitSite.class)
			.property("qq.oauth2.jdbc.initialize-schema", "never")
			.property("qq.oauth2.token-encryption-keys[0]", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
	}

	@AfterAll
	static void stop() {
		application.close();
		registering.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		for (String table : List.of("qq_account_binding", "qq_authorized_client", "member where name <> 'alice'")) {
			JdbcClient.create(primary).sql("delete from " + table).update();
		}
		qq.reset();
	}

	private static List<String> accounts(DataSource database) {
		return JdbcClient.create(database)
			.sql("select account from qq_account_binding")
			.query((row, number) -> row.getString(1))
			.list();
	}

	private static void assertSignedIn(Visit visit, String account) {
		assertThat(visit.browser().get("").body()).startsWith(account + " ");
	}

	@Test
	void bindWhenReplicaLagsThenBoundAndNextQqLoginSignsIn() {
		Visit visit = new Visit(application, qq);
		visit.qqLogin(QqPerson.XIAO_MING);
		visit.bind("alice", "alice-password");
		assertSignedIn(visit, "alice");
		assertThat(accounts(primary)).containsExactly("alice");
		assertThat(accounts(replica)).isEmpty();
		Visit next = new Visit(application, qq);
		next.qqLogin(QqPerson.XIAO_MING);
		assertSignedIn(next, "alice");
		assertThat(application.bean(QqAuthorizedClients.class).find("alice")).isNotNull();
	}

	@Test
	void linkAndUnlinkWhenReplicaLagsThenPageShowsWhatWasWritten() {
		Visit visit = new Visit(application, qq);
		visit.login("alice", "alice-password");
		visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = visit.browser().get("account/qq");
		visit.browser().submit(confirmation, "account/qq", Map.of("password", "alice-password"));
		assertThat(accounts(primary)).containsExactly("alice");
		Browser.Page linked = visit.browser().get("account/qq");
		assertThat(linked.body()).contains("account/qq/unlink");
		visit.browser().submit(linked, "account/qq/unlink", Map.of("password", "alice-password"));
		assertThat(accounts(primary)).isEmpty();
		assertThat(visit.browser().get("account/qq").body()).doesNotContain("account/qq/unlink");
	}

	@Test
	void autoRegisterWhenReplicaLagsThenSignedInAndTokensStored() {
		Visit visit = new Visit(registering, qq);
		visit.qqLogin(QqPerson.XIAO_MING);
		String account = accounts(primary).get(0);
		assertThat(account).startsWith("qq_");
		assertSignedIn(visit, account);
		assertThat(registering.bean(QqAuthorizedClients.class).find(account)).isNotNull();
	}

	/**
	 * A site with read/write splitting and accounts in the same databases.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SplitSite {

		@Bean
		DataSource dataSource() {
			AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {

				@Override
				protected @Nullable Object determineCurrentLookupKey() {
					boolean writes = TransactionSynchronizationManager.isActualTransactionActive()
							&& !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
					return writes ? "primary" : "replica";
				}

			};
			routing.setTargetDataSources(Map.of("primary", primary, "replica", replica));
			routing.afterPropertiesSet();
			return new LazyConnectionDataSourceProxy(routing);
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

		@Bean
		UserDetailsService users(DataSource dataSource) {
			JdbcClient jdbc = JdbcClient.create(dataSource);
			return (name) -> jdbc.sql("select name from member where name = ?")
				.param(name)
				.query(String.class)
				.optional()
				.map(SplitSite::user)
				.orElseThrow(() -> new UsernameNotFoundException(name));
		}

		private static UserDetails user(String name) {
			return User.withUsername(name).password("{noop}" + name + "-password").roles("USER").build();
		}

		@Bean
		QqAccountRegistrar registrar(DataSource dataSource) {
			JdbcClient jdbc = JdbcClient.create(dataSource);
			return (registration) -> {
				jdbc.sql("insert into member values (?)")
					.param(Objects.requireNonNull(registration.username()))
					.update();
				return user(registration.username());
			};
		}

		@Bean
		Site.Pages pages() {
			return new Site.Pages();
		}

	}

}
