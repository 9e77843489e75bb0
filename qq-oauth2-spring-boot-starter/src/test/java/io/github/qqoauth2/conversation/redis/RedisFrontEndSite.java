package io.github.qqoauth2.conversation.redis;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.FrontEndSite;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * A site with a front end, two nodes and sessions in Redis, as JSON. The nodes answer
 * requests in turn.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableRedisHttpSession
@Import(JsonSessionSerializer.class)
class RedisFrontEndSite extends FrontEndSite {

	static Application.Builder with(QqSimulator qq, Redis redis) {
		return RedisSite.with(qq, redis).source(RedisFrontEndSite.class);
	}

}
