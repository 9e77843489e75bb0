package io.github.qqoauth2.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

import javax.sql.DataSource;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;

import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.client.QqClient;

import static org.assertj.core.api.Assertions.assertThat;

class QqOAuth2AutoConfigurationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withInitializer(new ClientPropertyDefaults())
		.withConfiguration(AutoConfigurations.of(QqOAuth2AutoConfiguration.class))
		.withUserConfiguration(RequiredBeans.class)
		.withPropertyValues("qq.oauth2.app-id=101000001", "qq.oauth2.app-key=key");

	@Test
	void beansWhenAppIdIsSetThenDefined() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(QqClient.class)
			.hasSingleBean(QqAccountLoader.class)
			.hasSingleBean(QqAccountBindingStore.class)
			.hasSingleBean(QqAccountBindings.class)
			.hasSingleBean(QqLogin.class));
	}

	@Test
	void beansWhenAppIdIsNotSetThenNotDefined() {
		this.runner.withPropertyValues("qq.oauth2.app-id=", "qq.oauth2.app-key= ")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(QqClient.class)
				.doesNotHaveBean(QqLogin.class)
				.doesNotHaveBean(QqAccountBindingStore.class));
	}

	@Test
	void beansWhenNotWebApplicationThenNotDefined() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(QqOAuth2AutoConfiguration.class))
			.withPropertyValues("qq.oauth2.app-id=101000001", "qq.oauth2.app-key=key")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(QqLogin.class));
	}

	/**
	 * Spring MVC too selects its resolver by name.
	 */
	@Test
	void localeWhenSeveralResolversThenThatOfSpringMvc() {
		this.runner
			.withBean("localeResolver", LocaleResolver.class, () -> new FixedLocaleResolver(Locale.SIMPLIFIED_CHINESE))
			.withBean("otherResolver", LocaleResolver.class, () -> new FixedLocaleResolver(Locale.FRENCH))
			.run((context) -> assertThat(context.getBean(VisitorLocale.class).of(new MockHttpServletRequest()))
				.isEqualTo(Locale.SIMPLIFIED_CHINESE));
	}

	@Test
	void beansWhenApplicationDefinesItsOwnThenBackOff() {
		this.runner.withUserConfiguration(OwnBeans.class).run((context) -> {
			assertThat(context).hasSingleBean(QqClient.class).hasBean("ownClient");
			assertThat(context).hasSingleBean(QqAccountLoader.class).hasBean("ownLoader");
			assertThat(context).hasSingleBean(QqAccountBindingStore.class).hasBean("ownStore");
			assertThat(context).hasSingleBean(QqAccountBindings.class).hasBean("ownBindings");
			assertThat(context).hasSingleBean(QqLogin.class).hasBean("ownLogin");
		});
	}

	@Test
	void contextWhenReactiveThenFailsWithAction() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(QqOAuth2AutoConfiguration.class))
			.withPropertyValues("qq.oauth2.app-id=101000001", "qq.oauth2.app-key=key")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationException.class, (failure) -> {
					assertThat(failure).hasMessageContaining("reactive application");
					assertThat(failure.action()).contains("spring-boot-starter-webmvc");
				}));
	}

	@Test
	void contextWhenReactiveAndLazyThenFailsWithAction() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(QqOAuth2AutoConfiguration.class))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("qq.oauth2.app-id=101000001", "qq.oauth2.app-key=key")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationException.class)
				.hasMessageContaining("reactive application"));
	}

	@Test
	void environmentWhenClientPropertiesAreSetThenTakePrecedence() {
		String client = "spring.security.oauth2.client.";
		this.runner
			.withPropertyValues(client + "registration.qq.client-name=腾讯 QQ",
					client + "provider.qq.token-uri=https://example.com/token")
			.run((context) -> {
				assertThat(context.getEnvironment().getProperty(client + "registration.qq.client-name"))
					.isEqualTo("腾讯 QQ");
				assertThat(context.getEnvironment().getProperty(client + "provider.qq.token-uri"))
					.isEqualTo("https://example.com/token");
				assertThat(context.getEnvironment().getProperty(client + "registration.qq.scope"))
					.isEqualTo("get_user_info");
			});
	}

	/**
	 * The address is logged at start-up, so that the operator can register it at QQ.
	 */
	@Test
	void environmentWhenNoRedirectUriThenDefaultHasFullPath() {
		this.runner.run((context) -> assertThat(
				context.getEnvironment().getProperty("spring.security.oauth2.client.registration.qq.redirect-uri"))
			.isEqualTo("{baseUrl}/login/oauth2/code/qq"));
	}

	@Test
	void environmentWhenNoAppIdThenNoRegistration() {
		this.runner.withPropertyValues("qq.oauth2.app-id=", "qq.oauth2.app-key=").run((context) -> {
			assertThat(context.getEnvironment().getProperty("spring.security.oauth2.client.registration.qq.client-id"))
				.isNull();
			assertThat(context.getEnvironment().getProperty("spring.security.oauth2.client.provider.qq.token-uri"))
				.isEqualTo("https://graph.qq.com/oauth2.0/token");
		});
	}

	@Test
	void environmentWhenBaseUriEndsWithSlashThenNoDoubleSlash() {
		this.runner.withPropertyValues("qq.oauth2.base-uri=http://127.0.0.1:9/")
			.run((context) -> assertThat(
					context.getEnvironment().getProperty("spring.security.oauth2.client.provider.qq.token-uri"))
				.isEqualTo("http://127.0.0.1:9/oauth2.0/token"));
	}

	@Configuration(proxyBeanMethods = false)
	static class RequiredBeans {

		@Bean
		DataSource dataSource() {
			return new DriverManagerDataSource("jdbc:h2:mem:autoconfiguration;DB_CLOSE_DELAY=-1");
		}

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		QqClient ownClient(QqOAuth2Properties properties) {
			return new QqClient(properties.baseUri(), true, properties.loginTimeout(), 1, ObservationRegistry.NOOP);
		}

		@Bean
		QqAccountLoader ownLoader() {
			return (account) -> null;
		}

		@Bean
		QqAccountBindingStore ownStore(DataSource dataSource) {
			return QqAccountBindings.jdbcStore(JdbcClient.create(dataSource));
		}

		@Bean
		QqAccountBindings ownBindings(QqAccountBindingStore ownStore) {
			return new QqAccountBindings(ownStore, "101000001", Clock.systemUTC(),
					TransactionOperations.withoutTransaction(), (event) -> {
					});
		}

		@Bean
		QqLogin ownLogin(QqClient client, QqAccountBindings bindings, QqAccountLoader accounts,
				ApplicationContext context, QqOAuth2Properties properties) {
			return new QqLogin(client, bindings, accounts, context, (request) -> Locale.CHINESE, (outcome) -> {
			}, new QqLogin.Settings("/login/qq/bind", Duration.ofMinutes(5), Duration.ofDays(7), false, null, null,
					null));
		}

	}

}
