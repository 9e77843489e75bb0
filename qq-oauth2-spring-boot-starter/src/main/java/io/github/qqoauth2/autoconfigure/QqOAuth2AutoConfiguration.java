package io.github.qqoauth2.autoconfigure;

import java.time.Clock;
import java.util.Objects;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationContext;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;

import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.client.QqClient;

/**
 * Auto-configuration of the QQ login. Every bean of a public type backs off if the
 * application defines its own. There is no filter chain of the starter; QQ login joins
 * the application's chains that have {@code oauth2Login()}.
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
				"org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration",
				"org.springframework.boot.autoconfigure.security.oauth2.client.servlet.OAuth2ClientAutoConfiguration" },
		beforeName = {
				"org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration" })
@Conditional(OnQqApplicationCondition.class)
@EnableConfigurationProperties(QqOAuth2Properties.class)
@Import({ JdbcStoreConfiguration.class, TokensConfiguration.class, MetricsConfiguration.class })
public final class QqOAuth2AutoConfiguration {

	/**
	 * Checks the properties before any bean is created, so that the message names the
	 * invalid property and not the first bean that fails because of it.
	 */
	@Configuration(proxyBeanMethods = false)
	static class PropertyChecksConfiguration implements BeanFactoryPostProcessor, EnvironmentAware {

		private @Nullable Environment environment;

		@Override
		public void setEnvironment(Environment environment) {
			this.environment = environment;
		}

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
			PropertyChecks.check(Objects.requireNonNull(this.environment));
		}

	}

	/**
	 * Configures the QQ login in a servlet application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class QqLoginConfiguration {

		@Bean
		@ConditionalOnMissingBean
		QqClient qqClient(QqOAuth2Properties properties, ObjectProvider<ObservationRegistry> observations) {
			return new QqClient(properties.baseUri(), properties.unionId(), properties.loginTimeout(),
					properties.maxConcurrentCalls(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
		}

		@Bean
		@ConditionalOnMissingBean
		QqAccountLoader qqAccountLoader(ObjectProvider<UserDetailsService> qqUserDetailsServices) {
			return QqAccountLoader
				.from(OnlyBean.of(qqUserDetailsServices, "UserDetailsService", "the accounts that log in with QQ",
						"Declare a UserDetailsService, mark one as @Primary, or declare a QqAccountLoader."));
		}

		@Bean
		@ConditionalOnMissingBean
		QqAccountBindings qqAccountBindings(QqAccountBindingStore store, QqOAuth2Properties properties,
				ObjectProvider<Clock> clock, ObjectProvider<PlatformTransactionManager> transactionManagers,
				ObjectProvider<TableSchema> schemas, ApplicationContext context) {
			return new QqAccountBindings(store, String.valueOf(properties.appId()).strip(),
					clock.getIfUnique(Clock::systemDefaultZone),
					BindingTransactions.of(transactionManagers, schemas.stream().findFirst().orElse(null)), context);
		}

		/**
		 * Looks up the application's account loader late: it may need this bean in turn,
		 * for example through a login controller.
		 */
		@Bean
		@ConditionalOnMissingBean
		QqLogin qqLogin(QqOAuth2Properties properties, QqClient client, QqAccountBindings bindings,
				ObjectProvider<QqAccountLoader> accounts, ObjectProvider<VisitorLocale> locale,
				ObjectProvider<OutcomeMeter> meter, ApplicationContext context) {
			VisitorLocale locales = locale.getIfAvailable(() -> VisitorLocale::fromHeader);
			QqLogin.Settings settings = new QqLogin.Settings(properties.bindPage(), properties.pendingTimeout(),
					properties.profileMaxAge(), properties.autoRegister(),
					StringUtils.hasText(properties.ticketKey()) ? properties.ticketKey() : null,
					context.getEnvironment().getProperty("spring.application.name"), properties.accountPasswords());
			return new QqLogin(client, bindings, (account) -> accounts.getObject().loadAccount(account), context,
					locales::of, meter.getIfAvailable(() -> OutcomeMeter.NONE)::count, settings);
		}

		/**
		 * Runs after migrations, even if the application creates its beans lazily.
		 */
		@Bean
		@DependsOnDatabaseInitialization
		StartupChecks qqStartupChecks(ObjectProvider<QqLogin> login,
				ObjectProvider<ClientRegistrationRepository> registrations, ObjectProvider<TableSchema> schemas,
				WebApplicationContext context) {
			return new StartupChecks(login, registrations, schemas, context);
		}

	}

	/**
	 * Configures the visitor's language as resolved by Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(LocaleResolver.class)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class LocaleConfiguration {

		@Bean
		@ConditionalOnMissingBean(VisitorLocale.class)
		VisitorLocale qqVisitorLocale(
				@Qualifier(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME) ObjectProvider<LocaleResolver> resolvers) {
			return (request) -> {
				LocaleResolver resolver = resolvers.getIfAvailable();
				return (resolver != null) ? resolver.resolveLocale(request) : VisitorLocale.fromHeader(request);
			};
		}

	}

	/**
	 * Fails in a reactive application, since the starter supports only the servlet
	 * {@code oauth2Login}.
	 */
	@Lazy(false)
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveConfiguration {

		ReactiveConfiguration() {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.app-id is set in a reactive application (spring-boot-starter-webflux), but "
							+ "the QQ starter supports only servlet applications.",
					"Use spring-boot-starter-webmvc, or set spring.main.web-application-type=servlet if both are on "
							+ "the class path, or remove qq.oauth2.app-id.");
		}

	}

}
