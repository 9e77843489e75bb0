package io.github.qqoauth2.conversation.redis;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndConversation;

/**
 * A front end of a site with two nodes and sessions in Redis.
 */
class RedisFrontEndIT extends AbstractFrontEndConversation {

	private static final Redis redis = Redis.start();

	private static final Application site = RedisFrontEndSite.with(qq, redis).startTwoNodes();

	RedisFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
		redis.close();
	}

}
