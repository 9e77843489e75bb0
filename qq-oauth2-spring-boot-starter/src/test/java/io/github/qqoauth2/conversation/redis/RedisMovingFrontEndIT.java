package io.github.qqoauth2.conversation.redis;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractMovingFrontEndConversation;

/**
 * Automatically registered accounts, at a site with two nodes and sessions in Redis. The
 * nodes answer requests in turn.
 */
class RedisMovingFrontEndIT extends AbstractMovingFrontEndConversation {

	private static final Redis redis = Redis.start();

	private static final Application site = RedisFrontEndSite.with(qq, redis)
		.property("qq.oauth2.auto-register", "true")
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

}
