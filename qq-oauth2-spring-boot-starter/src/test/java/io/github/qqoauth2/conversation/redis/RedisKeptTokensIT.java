package io.github.qqoauth2.conversation.redis;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractKeptTokensConversation;

/**
 * QQ's tokens of first logins, at a site with two nodes and sessions in Redis.
 */
class RedisKeptTokensIT extends AbstractKeptTokensConversation {

	private static final Redis redis = Redis.start();

	private static final Application site = withKey(RedisFrontEndSite.with(qq, redis)).startTwoNodes();

	RedisKeptTokensIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
		redis.close();
	}

	/**
	 * Everything in Redis is of sessions.
	 */
	@Override
	protected String stored() {
		StringBuilder text = new StringBuilder();
		try (RedisConnection connection = site.bean(LettuceConnectionFactory.class).getConnection()) {
			for (byte[] key : Objects
				.requireNonNull(connection.keyCommands().keys("*:sessions:*".getBytes(StandardCharsets.UTF_8)))) {
				Objects.requireNonNull(connection.hashCommands().hGetAll(key))
					.forEach((field, value) -> text.append(new String(field, StandardCharsets.UTF_8))
						.append('=')
						.append(new String(value, StandardCharsets.ISO_8859_1))
						.append('\n'));
			}
		}
		return text.toString();
	}

}
