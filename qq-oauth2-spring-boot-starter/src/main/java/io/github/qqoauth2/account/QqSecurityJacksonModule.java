package io.github.qqoauth2.account;

import java.util.LinkedHashMap;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.springframework.security.jackson.SecurityJacksonModule;
import org.springframework.security.jackson.SecurityJacksonModules;
import tools.jackson.core.Version;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Lets Spring Security 7 keep a {@link QqUser} in a session that is stored as JSON:
 * register it with the mapper of the session's serializer, beside the modules of
 * {@link SecurityJacksonModules}. Not for Spring Security 6.5, which needs no module for
 * it, and not for sessions that are stored by Java serialization.
 */
public final class QqSecurityJacksonModule extends SecurityJacksonModule {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the module.
	 */
	public QqSecurityJacksonModule() {
		super(QqSecurityJacksonModule.class.getName(), Version.unknownVersion());
	}

	@Override
	public void configurePolymorphicTypeValidator(BasicPolymorphicTypeValidator.Builder builder) {
		builder.allowIfSubType(QqUser.class).allowIfSubType(LinkedHashMap.class);
	}

	@Override
	public void setupModule(SetupContext context) {
		context.setMixIn(QqUser.class, QqUserMixin.class);
	}

	/**
	 * Undoes the deserializer that the mixin of its superclass brings.
	 */
	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	@JsonDeserialize(using = ValueDeserializer.None.class)
	abstract static class QqUserMixin {

	}

}
