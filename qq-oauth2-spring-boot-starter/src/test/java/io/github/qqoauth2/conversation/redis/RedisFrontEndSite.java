package io.github.qqoauth2.conversation.redis;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.FrontEndSite;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * A site with a front end, two nodes and its sessions in Redis, as JSON: each request is
 * answered by the other node.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableRedisHttpSession
@Import(JsonSessionSerializer.class)
class RedisFrontEndSite extends FrontEndSite {

	static Application start(QqSimulator qq, Redis redis) {
		return Application.with(qq)
			.source(RedisFrontEndSite.class)
			.property("redis-port", redis.port())
			.property("qq.oauth2.redirect-uri", "http://127.0.0.1/login/oauth2/code/qq")
			.startTwoNodes();
	}

	@Bean
	LettuceConnectionFactory redisConnectionFactory(@Value("${redis-port}") int port) {
		return new LettuceConnectionFactory("127.0.0.1", port);
	}

}
