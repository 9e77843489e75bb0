package io.github.qqoauth2.conversation.redis;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.serializer.JdkSerializationRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.data.redis.serializer.SerializationException;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Objects that were serialized by Java into a session in Redis, under the names of the
 * starter's attributes.
 */
@Tag("T-46")
class RedisPlantedSessionIT {

	private static final List<String> NAMES = List.of("SPRING_SECURITY_QQ_PENDING", "io.github.qqoauth2.loginError",
			"SPRING_SECURITY_QQ_REQUEST.S", "SPRING_SECURITY_QQ_ENDED.S");

	private static final QqSimulator qq = QqSimulator.start();

	private static final Redis redis = Redis.start();

	private static final Application application = RedisSite.with(qq, redis)
		.source(Site.WithChain.class, LenientSessions.class)
		.start();

	private final Visit visit = new Visit(application, qq);

	private final Browser browser = this.visit.browser();

	@AfterAll
	static void stop() {
		application.close();
		redis.close();
		qq.close();
	}

	private static byte[] serialized(Object value) {
		return Objects.requireNonNull(new JdkSerializationRedisSerializer().serialize(value));
	}

	static List<byte[]> planted() {
		byte[] older = serialized(new Kept("x"));
		older[older.length / 2] ^= 1;
		return List.of(serialized(new Kept("{}")), serialized(Locale.CHINA), serialized(7),
				serialized(new byte[] { 1 }), serialized(new ArrayList<>(List.of("1 {}"))),
				serialized(new PriorityQueue<>(List.of("a", "b"))), serialized("1 {}"), serialized(""), older,
				new byte[0], new byte[] { (byte) 0xac, (byte) 0xed }, "{}".getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes into the hash in which Spring Session keeps the attributes.
	 */
	private void plant(byte[] value) {
		String id = new String(Base64.getDecoder().decode(String.valueOf(this.browser.cookie("SESSION"))),
				StandardCharsets.UTF_8);
		byte[] key = ("planted:sessions:" + id).getBytes(StandardCharsets.UTF_8);
		try (RedisConnection connection = application.bean(RedisConnectionFactory.class).getConnection()) {
			assertThat(connection.keyCommands().exists(key)).isTrue();
			NAMES.forEach((name) -> connection.hashCommands()
				.hSet(key, ("sessionAttr:" + name).getBytes(StandardCharsets.UTF_8), value));
		}
	}

	@ParameterizedTest
	@MethodSource("planted")
	void requestsWhenAttributesAreForeignThenVisitorStartsAgain(byte[] value) {
		application.jdbc().sql("delete from qq_account_binding").update();
		this.browser.get("orders/7");
		plant(value);
		assertThat(this.browser.get("login/qq/bind").status()).isEqualTo(410);
		assertThat(this.browser.get("login/qq/error").status()).isEqualTo(200);
		assertThat(this.browser.get("login/oauth2/code/qq?code=C&state=S").location()).isEqualTo("/login/qq/error");
		assertThat(this.browser.get("login/qq/error").body()).contains("This sign-in is no longer valid.");
		plant(value);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/orders/7?continue");
		assertThat(this.browser.get("").body()).startsWith("alice ");
	}

	@Test
	void plantWhenReadBySpringSessionThenIsObject() {
		assertThat(new LenientSerializer().deserialize(planted().get(0))).isInstanceOf(Kept.class);
		assertThat(new LenientSerializer().deserialize(planted().get(8))).isNull();
	}

	/**
	 * A class of the application.
	 */
	record Kept(String value) implements Serializable {

	}

	/**
	 * The serializer that {@code docs/sessions.md} recommends.
	 */
	static final class LenientSerializer extends JdkSerializationRedisSerializer {

		@Override
		public @Nullable Object deserialize(byte @Nullable [] bytes) {
			try {
				return super.deserialize(bytes);
			}
			catch (SerializationException ex) {
				return null;
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "planted")
	static class LenientSessions {

		@Bean
		RedisSerializer<Object> springSessionDefaultRedisSerializer() {
			return new LenientSerializer();
		}

	}

}
