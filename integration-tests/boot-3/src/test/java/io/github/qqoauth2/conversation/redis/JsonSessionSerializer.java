package io.github.qqoauth2.conversation.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.serializer.GenericJackson2JsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.jackson2.SecurityJackson2Modules;

/**
 * Serializes sessions as JSON with Spring Security 6.5, without a module of the starter.
 * The test jar of the starter does not contain its own class of this name, for Spring
 * Security 7.
 */
@Configuration(proxyBeanMethods = false)
class JsonSessionSerializer {

	@Bean
	RedisSerializer<Object> springSessionDefaultRedisSerializer() {
		ObjectMapper mapper = new ObjectMapper();
		mapper.registerModules(SecurityJackson2Modules.getModules(getClass().getClassLoader()));
		return new GenericJackson2JsonRedisSerializer(mapper);
	}

}
