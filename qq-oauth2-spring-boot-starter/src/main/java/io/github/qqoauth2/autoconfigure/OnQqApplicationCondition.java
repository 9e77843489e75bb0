package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if an app id or an app key is set. If only one of them is set, start-up fails
 * with a message.
 */
final class OnQqApplicationCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		String property = property(context.getEnvironment());
		ConditionMessage.Builder message = ConditionMessage.forCondition("QQ application");
		return (property != null) ? ConditionOutcome.match(message.foundExactly(property))
				: ConditionOutcome.noMatch(message.didNotFind("property").items("qq.oauth2.app-id"));
	}

	/**
	 * Returns the name of the property that is set, or {@code null}.
	 */
	static @Nullable String property(Environment environment) {
		// keeps an unresolvable placeholder as it is, so that the checks can report it
		Binder binder = Binder.get(environment);
		for (String property : new String[] { "qq.oauth2.app-id", "qq.oauth2.app-key" }) {
			if (StringUtils.hasText(binder.bind(property, String.class).orElse(null))) {
				return property;
			}
		}
		return null;
	}

}
