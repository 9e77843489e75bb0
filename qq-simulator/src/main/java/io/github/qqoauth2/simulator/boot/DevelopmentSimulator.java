package io.github.qqoauth2.simulator.boot;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;
import io.github.qqoauth2.simulator.QqSimulatorBuilder;

/**
 * Starts a simulated QQ with an application in development that has no app id, and sets
 * the properties of the QQ login to it. Does nothing in a packaged application. All
 * applications of a process use the same simulator, which ends with the process, so that
 * it survives the restarts of {@code spring-boot-devtools}.
 */
final class DevelopmentSimulator implements SmartApplicationListener {

	static final String BEAN_NAME = "qqSimulator";

	static final String PROPERTY_SOURCE = "qqSimulator";

	private static final Log logger = LogFactory.getLog(DevelopmentSimulator.class);

	private static @Nullable QqSimulator running;

	private @Nullable QqSimulator used;

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> type) {
		return ApplicationEnvironmentPreparedEvent.class.isAssignableFrom(type)
				|| ApplicationContextInitializedEvent.class.isAssignableFrom(type);
	}

	/**
	 * Runs after the configuration files are loaded and logging is set up.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
			simulate(prepared.getEnvironment(), prepared);
		}
		else if (event instanceof ApplicationContextInitializedEvent initialized && this.used != null) {
			ConfigurableListableBeanFactory beans = initialized.getApplicationContext().getBeanFactory();
			// a test may have brought its own
			if (!beans.containsSingleton(BEAN_NAME)) {
				beans.registerSingleton(BEAN_NAME, this.used);
			}
		}
	}

	private void simulate(ConfigurableEnvironment environment, SpringApplicationEvent event) {
		if (hasAppId(environment) || !environment.getProperty("qq.simulator.enabled", Boolean.class, true)) {
			return;
		}
		if (!DevelopmentCheck.isInDevelopment(event.getSpringApplication().getAllSources())) {
			logger.warn("The QQ simulator is part of a packaged application and stays off, since it is for "
					+ "development only. Leave it out of the package: <optional>true</optional> in Maven, "
					+ "developmentOnly in Gradle. For QQ login set qq.oauth2.app-id and qq.oauth2.app-key.");
			return;
		}
		QqSimulator simulator = start(environment.getProperty("qq.simulator.port", Integer.class, 0));
		environment.getPropertySources()
			.addFirst(new MapPropertySource(PROPERTY_SOURCE,
					Map.of("qq.oauth2.app-id", QqSimulator.APP_ID, "qq.oauth2.app-key", QqSimulator.APP_KEY,
							"qq.oauth2.base-uri", simulator.url().toString(), "qq.simulator.url",
							simulator.url().toString())));
		this.used = simulator;
		logger.info("QQ is simulated at " + simulator.url() + ", for development only: log in as "
				+ QqPerson.XIAO_MING.nickname() + ", for example. To use the real QQ, set qq.oauth2.app-id and "
				+ "qq.oauth2.app-key.");
	}

	/**
	 * Returns whether an app id is set. A placeholder that cannot be resolved is none.
	 */
	private static boolean hasAppId(ConfigurableEnvironment environment) {
		Binder binder = Binder.get(environment);
		return isSet(binder, "qq.oauth2.app-id")
				|| isSet(binder, "spring.security.oauth2.client.registration.qq.client-id");
	}

	private static boolean isSet(Binder binder, String property) {
		String value = binder.bind(property, String.class).orElse("");
		return StringUtils.hasText(value) && !value.contains("${");
	}

	private static synchronized QqSimulator start(int port) {
		QqSimulator simulator = running;
		if (simulator == null) {
			simulator = new QqSimulatorBuilder().port(port).start();
			running = simulator;
		}
		return simulator;
	}

}
