package io.github.qqoauth2.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the counter {@code qq.logins} if the application uses Micrometer.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class MetricsConfiguration {

	@Bean
	@ConditionalOnMissingBean(OutcomeMeter.class)
	OutcomeMeter qqOutcomeMeter(ObjectProvider<MeterRegistry> registries) {
		return (outcome) -> registries
			.ifAvailable((registry) -> registry.counter("qq.logins", "outcome", outcome).increment());
	}

}
