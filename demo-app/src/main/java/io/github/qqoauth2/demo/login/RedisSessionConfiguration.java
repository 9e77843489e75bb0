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
 * With the profile {@code redis} the sessions are kept there, indexed by account so that
 * they can be ended. Without it nothing of Redis starts.
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
