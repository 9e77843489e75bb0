package io.github.qqoauth2.conversation.redis;

import org.junit.jupiter.api.AfterAll;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractSessionProofTable;
import io.github.qqoauth2.conversation.frontend.ProofSite;

/**
 * The table at a site with two nodes and sessions in Redis, as JSON.
 */
class RedisProofTableIT extends AbstractSessionProofTable {

	private static final Redis redis = Redis.start();

	private static final Application site = RedisSite.with(qq, redis)
		.source(RedisProofSite.class)
		.property("qq.oauth2.auto-register", "true")
		.startTwoNodes();

	RedisProofTableIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
		redis.close();
	}

	@Override
	protected String sessionCookie() {
		return "SESSION";
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableRedisHttpSession
	@Import(JsonSessionSerializer.class)
	static class RedisProofSite extends ProofSite {

	}

}
