package io.github.qqoauth2.conversation.operation;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.ticket.TokenSite;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Start-up failures name the property or the line of code, and the remedy.
 */
@Tag("T-45")
class StartupFailureIT {

	private static final String NO_DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
			+ "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration";

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	private static Application.Builder site() {
		return Application.with(qq).source(Site.WithChain.class);
	}

	static void assertFailsToStart(Application.Builder application, String... words) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		PrintStream out = System.out;
		System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
		try {
			assertThatThrownBy(application::start).isInstanceOf(Exception.class);
		}
		finally {
			System.setOut(out);
		}
		assertThat(output.toString(StandardCharsets.UTF_8)).contains("APPLICATION FAILED TO START", "Action:")
			.contains(words)
			.doesNotContain(QqSimulator.APP_KEY, "\tat org.springframework", "QQ login is on");
	}

	@Test
	void startWhenAppKeyIsMissingThenFailureNamesProperty() {
		assertFailsToStart(site().without("qq.oauth2.app-key"), "qq.oauth2.app-key has no value",
				"Set qq.oauth2.app-key");
		assertFailsToStart(site().property("qq.oauth2.app-key", "  "), "qq.oauth2.app-key has no value");
	}

	@Test
	void startWhenPlaceholderIsUnresolvedThenFailureNamesProperty() {
		assertFailsToStart(site().property("qq.oauth2.app-key", "${QQ_KEY_NOT_SET}"),
				"qq.oauth2.app-key is '${QQ_KEY_NOT_SET}', an unresolvable", "empty default");
		assertFailsToStart(site().property("qq.oauth2.app-id", "${QQ_ID_NOT_SET}"),
				"qq.oauth2.app-id is '${QQ_ID_NOT_SET}', an unresolvable", "empty default");
	}

	@Test
	void startWhenAppIdIsMissingThenFailureNamesProperty() {
		assertFailsToStart(site().without("qq.oauth2.app-id"), "qq.oauth2.app-id is not", "Set qq.oauth2.app-id");
	}

	@Test
	void startWhenScopeIsOpenidThenFailureNamesProperty() {
		assertFailsToStart(
				site().property("spring.security.oauth2.client.registration.qq.scope", "openid,get_user_info"),
				"'openid'", "Remove openid from spring.security.oauth2.client.registration.qq.scope");
	}

	@Test
	@Tag("T-24")
	void startWhenBaseUriIsNotLoopbackAndPlainHttpThenFailureNamesProperty() {
		for (String uri : new String[] { "http://graph.qq.com", "http://192.0.2.1", "ftp://127.0.0.1",
				"http://127.0.0.1.evil.test", "http://localhost.evil.test", "//127.0.0.1" }) {
			assertFailsToStart(site().property("qq.oauth2.base-uri", uri), "qq.oauth2.base-uri is '" + uri + "'",
					"Use https", "http://127.0.0.1:9100");
		}
	}

	@Test
	void startWhenRedirectUriHasActionThenFailureNamesProperty() {
		assertFailsToStart(site().property("qq.oauth2.redirect-uri", "{baseUrl}/{action}/oauth2/code/{registrationId}"),
				"'{baseUrl}/{action}/oauth2/code/{registrationId}'", "in qq.oauth2.redirect-uri");
	}

	@Test
	void startWhenBindPageIsNotAPathThenFailureNamesProperty() {
		assertFailsToStart(site().property("qq.oauth2.bind-page", "https://example.com/bind"), "qq.oauth2.bind-page");
	}

	@Test
	void startWhenTimeoutOrLimitIsNotPositiveThenFailureNamesProperty() {
		assertFailsToStart(site().property("qq.oauth2.pending-timeout", "0s"), "qq.oauth2.pending-timeout");
		assertFailsToStart(site().property("qq.oauth2.login-timeout", "-1s"), "qq.oauth2.login-timeout");
		assertFailsToStart(site().property("qq.oauth2.max-concurrent-calls", "0"), "qq.oauth2.max-concurrent-calls");
	}

	@Test
	void startWhenNoUserDetailsServiceThenFailureNamesIt() {
		assertFailsToStart(Application.with(qq).source(NoUsers.class), "needs a UserDetailsService",
				"declare a QqAccountLoader");
	}

	@Test
	void startWhenSeveralUserDetailsServicesThenFailureNamesThem() {
		assertFailsToStart(Application.with(qq).source(TwoUsers.class), "there are 2 and none is primary", "users",
				"moreUsers");
	}

	@Test
	void startWhenSeveralUserDetailsServicesAndAccountLoaderThenStarts() {
		try (Application application = Application.with(qq).source(TwoUsersAndLoader.class).start()) {
			assertThat(application.bean(QqAccountLoader.class).loadAccount("alice")).isNull();
		}
	}

	@Test
	void startWhenNoDataSourceThenFailureNamesIt() {
		assertFailsToStart(site().property("spring.autoconfigure.exclude", NO_DATA_SOURCE), "needs a DataSource",
				"QqAccountBindingStore");
	}

	@Test
	void startWhenNoDataSourceButBindingStoreThenStarts() {
		try (Application application = site().source(CustomStore.class)
			.property("spring.autoconfigure.exclude", NO_DATA_SOURCE)
			.start()) {
			assertThat(application.bean(QqAccountBindingStore.class)).isInstanceOf(EmptyStore.class);
		}
	}

	@Test
	void startWhenSeveralDataSourcesThenFailureNamesThem() {
		assertFailsToStart(site().source(TwoDataSources.class), "there are 2 and none is primary", "orders",
				"customers");
	}

	@Test
	void startWhenNoChainHasOauth2LoginThenFailurePrintsLineToAdd() {
		assertFailsToStart(Application.with(qq).source(FormLoginOnly.class),
				"none of the application's SecurityFilterChain beans has oauth2Login()",
				"http.oauth2Login(Customizer.withDefaults());");
	}

	@Test
	void startWhenAutoRegisterWithoutRegistrarThenFailureNamesIt() {
		assertFailsToStart(site().property("qq.oauth2.auto-register", "true"), "qq.oauth2.auto-register",
				"QqAccountRegistrar");
	}

	@Test
	@Tag("T-45")
	void startWhenStatelessChainWithoutTicketKeyThenFailureNamesProperty() {
		assertFailsToStart(Application.with(qq).source(TokenSite.class), "SessionCreationPolicy.STATELESS",
				"qq.oauth2.ticket-key", "openssl rand -base64 32");
		assertFailsToStart(Application.with(qq).source(TokenSite.class).property("qq.oauth2.ticket-key", ""),
				"qq.oauth2.ticket-key is not set");
	}

	@Test
	@Tag("T-45")
	void startWhenTicketKeyIsInvalidThenFailureNamesProperty() {
		for (String key : List.of("changeme", "MDEyMzQ1Njc4OWFiY2RlZg==", "0123456789abcdef0123456789abcdef")) {
			assertFailsToStart(site().property("qq.oauth2.ticket-key", key), "qq.oauth2.ticket-key is not a key");
		}
	}

	@Test
	void startWhenRegistrationFieldIsReservedThenFailureNamesField() {
		assertFailsToStart(site().source(ClashingField.class), "The registration form has the field 'binding'");
	}

	@Test
	void startWhenTableIsMissingThenFailureNamesScript() {
		assertFailsToStart(site().property("qq.oauth2.jdbc.initialize-schema", "never"), "qq_account_binding",
				"is missing", "io/github/qqoauth2/account/schema-h2.sql");
	}

	@Test
	void startWhenTableLacksColumnsThenFailureNamesScript() {
		assertFailsToStart(site().property("qq.oauth2.jdbc.initialize-schema", "never")
			.property("spring.datasource.url",
					"jdbc:h2:mem:older;DB_CLOSE_DELAY=-1;INIT=create table if not exists qq_account_binding (openid int)"),
				"lacks some of its columns", "schema-h2.sql");
	}

	@Test
	void startWhenNoAppIdThenStarterIsInactive() {
		try (Application application = Application.with(qq)
			.source(FormLoginOnly.class)
			.without("qq.oauth2.app-id")
			.without("qq.oauth2.app-key")
			.property("spring.autoconfigure.exclude", NO_DATA_SOURCE)
			.start()) {
			assertThat(application.browser().get("login").body()).contains("name=\"password\"")
				.doesNotContain("oauth2/authorization");
			assertThat(application.browser().get("login/qq/error").location()).isEqualTo("/login");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class NoUsers {

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoUsers extends Site.WithoutChain {

		@Bean
		UserDetailsService moreUsers() {
			return new InMemoryUserDetailsManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoUsersAndLoader extends TwoUsers {

		@Bean
		QqAccountLoader loader(UserDetailsService moreUsers) {
			return QqAccountLoader.from(moreUsers);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDataSources {

		@Bean
		DataSource orders() {
			return new DriverManagerDataSource("jdbc:h2:mem:orders");
		}

		@Bean
		DataSource customers() {
			return new DriverManagerDataSource("jdbc:h2:mem:customers");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomStore {

		@Bean
		QqAccountBindingStore store() {
			return new EmptyStore();
		}

	}

	/**
	 * A store without bindings.
	 */
	static class EmptyStore implements QqAccountBindingStore {

		@Override
		public @Nullable QqAccountBinding find(QqIdentity identity) {
			return null;
		}

		@Override
		public @Nullable QqAccountBinding find(String appId, String account) {
			return null;
		}

		@Override
		public boolean insert(QqAccountBinding binding) {
			return false;
		}

		@Override
		public void update(QqAccountBinding binding) {
		}

		@Override
		public boolean move(QqAccountBinding binding, String from) {
			return false;
		}

		@Override
		public boolean delete(QqAccountBinding binding) {
			return false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClashingField {

		@Bean
		QqAccountRegistrar registrar() {
			return new QqAccountRegistrar() {

				@Override
				public List<QqRegistrationField> fields() {
					return List.of(QqRegistrationField.of("binding", "text"));
				}

				@Override
				public UserDetails register(QqRegistration registration) {
					throw new IllegalStateException();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FormLoginOnly extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			return http.build();
		}

	}

}
