package io.github.qqoauth2.simulator.boot;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

class DevelopmentSimulatorTests {

	private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private ConfigurableApplicationContext start(Class<?> source, String... arguments) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		ConfigurableApplicationContext context = application.run(arguments);
		this.contexts.add(context);
		return context;
	}

	@AfterEach
	void closeContexts() {
		this.contexts.forEach(ConfigurableApplicationContext::close);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "${QQ_APP_ID_THAT_IS_NOT_SET}" })
	void startWhenNoAppIdThenSimulatesQq(String appId) {
		ConfigurableApplicationContext context = start(Site.class, "--qq.oauth2.app-id=" + appId);
		QqSimulator simulator = context.getBean(QqSimulator.class);
		assertThat(simulator.url().getHost()).isEqualTo(InetAddress.getLoopbackAddress().getHostAddress());
		assertThat(context.getEnvironment().getProperty("qq.oauth2.app-id")).isEqualTo(QqSimulator.APP_ID);
		assertThat(context.getEnvironment().getProperty("qq.oauth2.app-key")).isEqualTo(QqSimulator.APP_KEY);
		assertThat(context.getEnvironment().getProperty("qq.oauth2.base-uri")).isEqualTo(simulator.url().toString());
	}

	@Test
	void startWhenPropertyIsMissingThenSimulatesQq() {
		assertThat(start(Site.class).getBeansOfType(QqSimulator.class)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "qq.oauth2.app-id", "qq.oauth2.appId",
			"spring.security.oauth2.client.registration.qq.client-id" })
	void startWhenAppIdThenNoSimulator(String property) {
		ConfigurableApplicationContext context = start(Site.class, "--" + property + "=101000002");
		assertThat(context.getBeansOfType(QqSimulator.class)).isEmpty();
		assertThat(context.getEnvironment().getProperty("qq.oauth2.base-uri")).isNull();
	}

	@Test
	void startWhenDisabledThenNoSimulator() {
		assertThat(start(Site.class, "--qq.simulator.enabled=false").getBeansOfType(QqSimulator.class)).isEmpty();
	}

	@Test
	@Tag("T-61")
	void startWhenApplicationIsPackagedThenNoSimulator() {
		ConfigurableApplicationContext context = start(Test.class);
		assertThat(context.getBeansOfType(QqSimulator.class)).isEmpty();
		assertThat(context.getEnvironment().containsProperty("qq.oauth2.app-id")).isFalse();
	}

	@Test
	void startWhenRestartedThenSameSimulator() {
		ConfigurableApplicationContext first = start(Site.class);
		QqSimulator simulator = first.getBean(QqSimulator.class);
		first.close();
		assertThat(start(Site.class).getBean(QqSimulator.class)).isSameAs(simulator);
	}

	static final class Site {

	}

}
