package io.github.qqoauth2.test;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Gives each application context of a test with {@link AutoConfigureQqSimulator} its
 * simulator.
 */
final class QqSimulatorContextCustomizerFactory implements ContextCustomizerFactory {

	static final String BEAN_NAME = "qqSimulator";

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		return TestContextAnnotationUtils.hasAnnotation(testClass, AutoConfigureQqSimulator.class) ? new Customizer()
				: null;
	}

	/**
	 * Equal to all others, so that tests share a cached context.
	 */
	record Customizer() implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
			QqSimulator simulator = QqSimulator.start();
			DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
			beans.registerSingleton(BEAN_NAME, simulator);
			beans.registerDisposableBean(BEAN_NAME, simulator::close);
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource(BEAN_NAME + "OfTest",
						Map.of("qq.oauth2.app-id", QqSimulator.APP_ID, "qq.oauth2.app-key", QqSimulator.APP_KEY,
								"qq.oauth2.base-uri", simulator.url().toString(), "qq.simulator.url",
								simulator.url().toString())));
		}

	}

}
