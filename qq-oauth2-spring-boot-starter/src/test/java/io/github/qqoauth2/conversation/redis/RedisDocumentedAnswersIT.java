package io.github.qqoauth2.conversation.redis;

import java.util.Set;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.frontend.AbstractDocumentedAnswers;
import io.github.qqoauth2.conversation.Application;

/**
 * The API document and a site with two nodes and its sessions in Redis.
 */
class RedisDocumentedAnswersIT extends AbstractDocumentedAnswers {

	private static final Redis redis = Redis.start();

	private static final Application site = RedisFrontEndSite.start(qq, redis);

	RedisDocumentedAnswersIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
		redis.close();
	}

	@Override
	protected Set<String> never() {
		return Set.of("readPendingQq 400");
	}

}
