package io.github.qqoauth2.test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Resets the simulator after each test.
 */
final class QqSimulatorTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public void afterTestMethod(TestContext test) {
		if (test.hasApplicationContext()
				&& TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), AutoConfigureQqSimulator.class)) {
			ApplicationContext context = test.getApplicationContext();
			context.getBean(QqSimulatorContextCustomizerFactory.BEAN_NAME, QqSimulator.class).reset();
		}
	}

}
