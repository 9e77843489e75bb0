package io.github.qqoauth2.conversation.redis;

import java.util.Set;

import org.junit.jupiter.api.AfterAll;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractDocumentedAnswers;
import io.github.qqoauth2.conversation.frontend.Envelope;

/**
 * The documented responses of a site with two nodes and sessions in Redis that maps each
 * of them.
 */
class RedisMappedAnswersIT extends AbstractDocumentedAnswers {

	private static final Redis redis = Redis.start();

	private static final Application site = RedisFrontEndSite.with(qq, redis).source(Envelope.class).startTwoNodes();

	RedisMappedAnswersIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
		redis.close();
	}

	@Override
	protected Set<String> notSent() {
		return Set.of("readPendingQq 400");
	}

}
