package io.github.qqoauth2.conversation.redis;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.frontend.AbstractFrontEndConversation;
import io.github.qqoauth2.conversation.Application;

/**
 * A front end of a site with two nodes and its sessions in Redis.
 */
class RedisFrontEndIT extends AbstractFrontEndConversation {

	private static final Redis redis = Redis.start();

	private static final Application site = RedisFrontEndSite.start(qq, redis);

	RedisFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
		redis.close();
	}

}
