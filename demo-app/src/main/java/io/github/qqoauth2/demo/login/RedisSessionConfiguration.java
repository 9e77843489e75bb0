package io.github.qqoauth2.demo.login;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;

/**
 * Stores sessions in Redis with the profile {@code redis}, indexed by account so that all
 * sessions of an account can be expired. Without the profile no bean connects to Redis.
 */
@Configuration(proxyBeanMethods = false)
@Profile("redis")
@EnableRedisIndexedHttpSession(redisNamespace = "onepage")
class RedisSessionConfiguration {

	@Bean
	LettuceConnectionFactory redisConnectionFactory(@Value("${onepage.redis-url}") String url) {
		return new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(url));
	}

	@Bean
	SessionRegistry sessionRegistry(FindByIndexNameSessionRepository<? extends Session> sessions) {
		return new SpringSessionBackedSessionRegistry<>(sessions);
	}

}
