package io.github.qqoauth2.autoconfigure;

import java.time.Clock;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.transaction.PlatformTransactionManager;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.client.QqClient;

/**
 * Configures the storage of QQ's tokens if the application has set keys for it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Conditional(OnTokenEncryptionKeysCondition.class)
class TokensConfiguration {

	@Bean
	TableSchema qqAuthorizedClientSchema(ObjectProvider<DataSource> qqDataSources, QqOAuth2Properties properties) {
		return TableSchema
			.ofAuthorizedClients(OnlyBean.of(qqDataSources, "DataSource", "the table qq_authorized_client",
					"Declare a DataSource (spring.datasource.url and a driver), mark one as @Primary, or remove "
							+ "qq.oauth2.token-encryption-keys."))
			.initialize(properties.jdbc().initializeSchema());
	}

	@Bean
	@ConditionalOnMissingBean
	QqAuthorizedClients qqAuthorizedClients(TableSchema qqAuthorizedClientSchema, QqAccountBindings bindings,
			QqClient client, ObjectProvider<ClientRegistrationRepository> registrations, QqOAuth2Properties properties,
			ObjectProvider<PlatformTransactionManager> transactionManagers, ObjectProvider<Clock> clock) {
		return new QqAuthorizedClients(qqAuthorizedClientSchema.jdbc(), bindings, client,
				() -> registrations.getObject().findByRegistrationId(QqLogin.REGISTRATION_ID),
				properties.tokenEncryptionKeys(),
				BindingTransactions.requiresNew(transactionManagers, qqAuthorizedClientSchema),
				clock.getIfUnique(Clock::systemDefaultZone));
	}

	/**
	 * Wraps the application's repository bean, since argument resolvers and some filters
	 * use it instead of a chain's repository.
	 */
	@Bean
	static BeanPostProcessor qqAuthorizedClientRepositoryPostProcessor(ObjectProvider<QqAuthorizedClients> tokens) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof OAuth2AuthorizedClientRepository repository)
						? QqLogin.authorizedClientRepository(repository, tokens) : bean;
			}

		};
	}

}
