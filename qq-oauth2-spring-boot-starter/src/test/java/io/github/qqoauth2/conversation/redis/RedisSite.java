package io.github.qqoauth2.conversation.redis;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * The parts of sites that keep their sessions in Redis.
 */
final class RedisSite {

	private RedisSite() {
	}

	/**
	 * Connects an application to Redis. All nodes have the same redirect URI.
	 */
	static Application.Builder with(QqSimulator qq, Redis redis) {
		return Application.with(qq)
			.source(Connection.class)
			.property("redis-port", redis.port())
			.property("qq.oauth2.redirect-uri", "http://127.0.0.1/login/oauth2/code/qq");
	}

	@Configuration(proxyBeanMethods = false)
	static class Connection {

		@Bean
		LettuceConnectionFactory redisConnectionFactory(@Value("${redis-port}") int port) {
			return new LettuceConnectionFactory("127.0.0.1", port);
		}

	}

	/**
	 * Ignores sessions that were saved in part.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "safe")
	static class SafeSessions {

		@Bean
		SessionRepositoryCustomizer<RedisSessionRepository> ignorePartialSessions() {
			return Redis.ignorePartialSessions();
		}

	}

}
