package io.github.qqoauth2.autoconfigure;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * Configures the default store, unless the application defines its own.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnMissingBean(QqAccountBindingStore.class)
class JdbcStoreConfiguration {

	@Bean
	TableSchema qqAccountBindingSchema(ObjectProvider<DataSource> qqDataSources, QqOAuth2Properties properties) {
		return TableSchema
			.ofBindings(OnlyBean.of(qqDataSources, "DataSource", "the table qq_account_binding",
					"Declare a DataSource (spring.datasource.url and a driver), mark one as @Primary, or declare a "
							+ "QqAccountBindingStore for a table of your own."))
			.initialize(properties.jdbc().initializeSchema());
	}

	@Bean
	QqAccountBindingStore qqAccountBindingStore(TableSchema qqAccountBindingSchema) {
		return QqAccountBindings.jdbcStore(qqAccountBindingSchema.jdbc());
	}

}
