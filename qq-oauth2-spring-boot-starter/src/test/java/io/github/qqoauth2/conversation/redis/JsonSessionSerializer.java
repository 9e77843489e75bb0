package io.github.qqoauth2.conversation.redis;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.serializer.JacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.jackson.SecurityJacksonModules;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Serializes sessions as JSON with Spring Security 7, without a module of the starter.
 * The tests on Spring Boot 3 have a class of this name for Spring Security 6.5.
 */
@Configuration(proxyBeanMethods = false)
class JsonSessionSerializer {

	@Bean
	RedisSerializer<Object> springSessionDefaultRedisSerializer() {
		BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder();
		List<JacksonModule> modules = SecurityJacksonModules.getModules(getClass().getClassLoader(), types);
		return new JacksonJsonRedisSerializer<>(JsonMapper.builder().addModules(modules).build(), Object.class);
	}

}
