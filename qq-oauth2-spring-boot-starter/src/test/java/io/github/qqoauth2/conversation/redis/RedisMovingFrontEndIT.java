package io.github.qqoauth2.conversation.redis;

import org.junit.jupiter.api.AfterAll;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

import io.github.qqoauth2.conversation.frontend.AbstractMovingFrontEndConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.FrontEndSite;

/**
 * Accounts made without asking, and a front end of a site with two nodes and its sessions
 * in Redis: each request is answered by the other node.
 */
class RedisMovingFrontEndIT extends AbstractMovingFrontEndConversation {

	private static final Redis redis = Redis.start();

	private static final Application site = Application.with(qq)
		.source(FrontEndSite.class, Sessions.class)
		.property("qq.oauth2.auto-register", "true")
		.property("qq.oauth2.redirect-uri", "http://127.0.0.1/login/oauth2/code/qq")
		.startTwoNodes();

	RedisMovingFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
		redis.close();
	}

	@Override
	protected boolean issuesTokens() {
		return false;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession
	@Import(JsonSessionSerializer.class)
	static class Sessions {

		@Bean
		LettuceConnectionFactory redisConnectionFactory() {
			return new LettuceConnectionFactory("127.0.0.1", redis.port());
		}

	}

}
