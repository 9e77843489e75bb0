package io.github.qqoauth2.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.env.Environment;

/**
 * Logs that QQ login is off if no app id is set.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
final class QqLoginOffAutoConfiguration implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(QqLoginOffAutoConfiguration.class);

	private final Environment environment;

	QqLoginOffAutoConfiguration(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (OnQqApplicationCondition.property(this.environment) == null) {
			logger.info("QQ login is off, because the properties qq.oauth2.app-id and qq.oauth2.app-key are not set");
		}
	}

}
