package io.github.qqoauth2.demo.qq;

import java.util.Map;

import org.apache.commons.logging.Log;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

import io.github.qqoauth2.simulator.QqSimulator;
import io.github.qqoauth2.simulator.QqSimulatorBuilder;

/**
 * Starts a simulated QQ in this process if no app id is configured, and sets the QQ
 * properties to its address. The simulator stops with the application.
 */
final class SimulatedQqEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String BEAN_NAME = "qqSimulator";

	private final Log logger;

	private final ConfigurableBootstrapContext bootstrap;

	SimulatedQqEnvironmentPostProcessor(DeferredLogFactory logs, ConfigurableBootstrapContext bootstrap) {
		this.logger = logs.getLog(SimulatedQqEnvironmentPostProcessor.class);
		this.bootstrap = bootstrap;
	}

	/**
	 * Runs after the configuration files are loaded.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (StringUtils.hasText(environment.getProperty("qq.oauth2.app-id"))) {
			return;
		}
		QqSimulator simulator = new QqSimulatorBuilder()
			.port(environment.getProperty("onepage.simulator-port", Integer.class, 0))
			.start();
		this.bootstrap.addCloseListener((event) -> handOver(event, simulator));
		environment.getPropertySources()
			.addFirst(new MapPropertySource("simulatedQq",
					Map.of("qq.oauth2.app-id", QqSimulator.APP_ID, "qq.oauth2.app-key", QqSimulator.APP_KEY,
							"qq.oauth2.base-uri", simulator.url().toString(), "onepage.simulated-qq", "true")));
		this.logger.info("QQ_APP_ID is not set: simulating QQ at " + simulator.url());
	}

	private static void handOver(BootstrapContextClosedEvent event, QqSimulator simulator) {
		DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) event.getApplicationContext()
			.getBeanFactory();
		beans.registerSingleton(BEAN_NAME, simulator);
		beans.registerDisposableBean(BEAN_NAME, simulator::close);
	}

}
