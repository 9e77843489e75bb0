package io.github.qqoauth2.conversation.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.serializer.GenericJackson2JsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.security.jackson2.SecurityJackson2Modules;

/**
 * Sessions as JSON in the way of Security 6.5, which needs no module of ours. The
 * starter's class of this name, for Security 7, is not in its jar of tests.
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
