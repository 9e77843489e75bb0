package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;

class QqAccountBindingsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private static final QqIdentity QQ = new QqIdentity("101", "AAAA", "UID_1");

	private static final QqProfile PROFILE = QqProfile
		.of(Map.of("nickname", "小明", "gender", "男", "figureurl_qq_2", "https://thirdqq.qlogo.cn/g?s=100"));

	private final DriverManagerDataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:bindings;DB_CLOSE_DELAY=-1");

	@BeforeEach
	void createTable() {
		JdbcClient.create(this.dataSource).sql("drop table if exists qq_account_binding").update();
		new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", QqAccountBinding.class))
			.execute(this.dataSource);
	}

	private QqAccountBindings at(Duration later) {
		return new QqAccountBindings(QqAccountBindingStore.jdbc(JdbcClient.create(this.dataSource)), "101",
				Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
	}

	@Test
	void bindWhenFreeThenHoldsWhatQqSaid() {
		QqAccountBinding bound = at(Duration.ZERO).bind(QQ, PROFILE, "alice");
		assertThat(bound).isEqualTo(new QqAccountBinding("101", "AAAA", "alice", "UID_1", "小明",
				"https://thirdqq.qlogo.cn/g?s=100", "男", NOW, false, NOW, NOW));
		assertThat(at(Duration.ZERO).find("alice")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).find(QQ)).isEqualTo(bound);
		assertThat(bound).hasToString("QqAccountBinding[account=alice]");
	}

	@Test
	void bindWhenProfileIsUnknownThenIsToBeFetchedAtTheNextLogin() {
		assertThat(at(Duration.ZERO).bind(QQ, null, "alice").profileAt()).isNull();
	}

	@Test
	@Tag("T-28")
	void bindWhenTakenThenGivesBackWhatStandsInTheWay() {
		QqAccountBinding bound = at(Duration.ZERO).bind(QQ, PROFILE, "alice");
		assertThat(at(Duration.ZERO).bind(QQ, null, "alice")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).bind(QQ, null, "bob")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).bind(new QqIdentity("101", "BBBB", null), null, "alice")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).find("bob")).isNull();
	}

	@Test
	void loggedInWhenWithinADayThenWritesNothing() {
		QqAccountBinding bound = at(Duration.ZERO).bind(QQ, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofHours(23));
		assertThat(later.loggedIn(bound, null)).isEqualTo(bound);
		assertThat(later.find("alice")).isEqualTo(bound);
	}

	@Test
	void loggedInWhenADayLaterThenWritesTheTimeAndKeepsTheProfile() {
		QqAccountBinding bound = at(Duration.ZERO).bind(QQ, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofHours(24));
		QqAccountBinding seen = later.loggedIn(bound, null);
		assertThat(seen.lastLoginAt()).isEqualTo(NOW.plus(Duration.ofHours(24)));
		assertThat(seen.nickname()).isEqualTo("小明");
		assertThat(seen.profileAt()).isEqualTo(NOW);
		assertThat(later.find("alice")).isEqualTo(seen);
	}

	@Test
	void loggedInWhenProfileIsFreshThenLessNeverOverwritesMore() {
		QqAccountBinding bound = at(Duration.ZERO).bind(QQ, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofDays(8));
		QqAccountBinding seen = later.loggedIn(bound, QqProfile.of(Map.of("nickname", "大明")));
		assertThat(seen.nickname()).isEqualTo("大明");
		assertThat(seen.avatarUrl()).isEqualTo(bound.avatarUrl());
		assertThat(seen.gender()).isEqualTo("男");
		assertThat(seen.profileAt()).isEqualTo(NOW.plus(Duration.ofDays(8)));
		assertThat(later.find("alice")).isEqualTo(seen);
	}

	@Test
	void loggedInWhenProfileIsPartialThenOverwritesNothing() {
		QqAccountBinding bound = at(Duration.ZERO).bind(QQ, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofDays(8));
		QqAccountBinding seen = later.loggedIn(bound, QqProfile.of(Map.of("is_lost", "1", "nickname", "?")));
		assertThat(seen.nickname()).isEqualTo("小明");
		assertThat(seen.profileAt()).isEqualTo(NOW);
		assertThat(seen.lastLoginAt()).isEqualTo(NOW.plus(Duration.ofDays(8)));
	}

	@Test
	@Tag("T-26")
	void removeWhenBoundThenUnbound() {
		at(Duration.ZERO).bind(QQ, PROFILE, "alice");
		assertThat(at(Duration.ZERO).remove("bob")).isFalse();
		assertThat(at(Duration.ZERO).remove("alice")).isTrue();
		assertThat(at(Duration.ZERO).find(QQ)).isNull();
	}

}
