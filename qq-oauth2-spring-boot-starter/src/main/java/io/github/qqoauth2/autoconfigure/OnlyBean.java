package io.github.qqoauth2.autoconfigure;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds the application's only or primary bean of a type. If there is none, start-up
 * fails with a message.
 */
final class OnlyBean {

	private OnlyBean() {
	}

	static <T> T of(ObjectProvider<T> provider, String type, String purpose, String action) {
		T bean;
		try {
			bean = provider.getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new InvalidConfigurationException(
					"QQ login needs one " + type + " for " + purpose + ", but there are " + ex.getNumberOfBeansFound()
							+ " and none is primary: " + ex.getBeanNamesFound() + ".",
					action);
		}
		if (bean == null) {
			throw new InvalidConfigurationException(
					"QQ login needs a " + type + " for " + purpose + ", but the application has none.", action);
		}
		return bean;
	}

}
