package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QqAccountBindingsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private static final QqIdentity IDENTITY = new QqIdentity("101", "AAAA", "UID_1");

	private static final QqProfile PROFILE = QqProfile
		.of(Map.of("nickname", "小明", "gender", "男", "figureurl_qq_2", "https://thirdqq.qlogo.cn/g?s=100"));

	private final List<String> events = new ArrayList<>();

	private boolean listenerThrows;

	private final DriverManagerDataSource dataSource = new DriverManagerDataSource(
			"jdbc:h2:mem:bindings;DB_CLOSE_DELAY=-1");

	@BeforeEach
	void createTable() {
		JdbcClient.create(this.dataSource).sql("drop table if exists qq_account_binding").update();
		new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", QqAccountBinding.class))
			.execute(this.dataSource);
	}

	private QqAccountBindings at(Duration later) {
		return new QqAccountBindings(QqAccountBindings.jdbcStore(JdbcClient.create(this.dataSource)), "101",
				Clock.fixed(NOW.plus(later), ZoneOffset.UTC),
				new TransactionTemplate(new JdbcTransactionManager(this.dataSource)), this::record);
	}

	private void record(Object event) {
		if (this.listenerThrows) {
			throw new IllegalStateException("from the listener");
		}
		QqAccountEvent published = (QqAccountEvent) event;
		assertThat(TransactionSynchronizationManager.isActualTransactionActive())
			.isEqualTo(published.kind() != QqAccountEvent.Kind.REFUSED);
		assertThat(published.at()).isAfterOrEqualTo(NOW);
		this.events.add(published.kind() + " " + published.account() + " " + published.otherAccount() + " "
				+ published.reason());
	}

	private static UserDetails account(String name) {
		return User.withUsername(name).password("pw").roles("USER").build();
	}

	private static QqRegistration registration(boolean automatic) {
		return new QqRegistration("new", "password", Map.of(), PROFILE, automatic);
	}

	@Test
	void bindWhenNotBoundThenStoresIdentityAndProfile() {
		QqAccountBinding bound = at(Duration.ZERO).bind(IDENTITY, PROFILE, "alice");
		assertThat(bound).isEqualTo(new QqAccountBinding("101", "AAAA", "alice", "UID_1", "小明",
				"https://thirdqq.qlogo.cn/g?s=100", "男", NOW, false, NOW, NOW));
		assertThat(at(Duration.ZERO).find("alice")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).find(IDENTITY)).isEqualTo(bound);
		assertThat(bound).hasToString("QqAccountBinding[account=alice]");
	}

	@Test
	void bindWhenProfileIsNullThenProfileAtIsNull() {
		assertThat(at(Duration.ZERO).bind(IDENTITY, null, "alice").profileAt()).isNull();
	}

	@Test
	void bindOrRegisterWhenProfileIsLostThenProfileAtIsNullUntilComplete() {
		QqProfile lost = QqProfile.of(Map.of("is_lost", 1, "nickname", "?"));
		QqAccountBindings bindings = at(Duration.ZERO);
		QqAccountBinding bound = bindings.bind(IDENTITY, lost, "alice");
		assertThat(bound.profileAt()).isNull();
		assertThat(bindings.loggedIn(bound, IDENTITY, lost).profileAt()).isNull();
		QqAccountBinding seen = bindings.loggedIn(bound, IDENTITY, PROFILE);
		assertThat(seen.nickname()).isEqualTo("小明");
		assertThat(seen.profileAt()).isEqualTo(NOW);
		bindings.register(new QqIdentity("101", "BBBB", null),
				new QqRegistration("new", "password", Map.of(), lost, true), (registration) -> account("new"));
		assertThat(bindings.find("new")).isNotNull().extracting(QqAccountBinding::profileAt).isNull();
	}

	@Test
	@Tag("T-28")
	void bindWhenAlreadyBoundThenReturnsExistingBinding() {
		QqAccountBinding bound = at(Duration.ZERO).bind(IDENTITY, PROFILE, "alice");
		assertThat(at(Duration.ZERO).bind(IDENTITY, null, "alice")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).bind(IDENTITY, null, "bob")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).bind(new QqIdentity("101", "BBBB", null), null, "alice")).isEqualTo(bound);
		assertThat(at(Duration.ZERO).find("bob")).isNull();
	}

	@Test
	void loggedInWhenWithinOneDayThenUnchanged() {
		QqAccountBinding bound = at(Duration.ZERO).bind(IDENTITY, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofHours(23));
		assertThat(later.loggedIn(bound, IDENTITY, null)).isEqualTo(bound);
		assertThat(later.find("alice")).isEqualTo(bound);
	}

	@Test
	void loggedInWhenOneDayLaterThenStoresTimeAndKeepsProfile() {
		QqAccountBinding bound = at(Duration.ZERO).bind(IDENTITY, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofHours(24));
		QqAccountBinding seen = later.loggedIn(bound, IDENTITY, null);
		assertThat(seen.lastLoginAt()).isEqualTo(NOW.plus(Duration.ofHours(24)));
		assertThat(seen.nickname()).isEqualTo("小明");
		assertThat(seen.profileAt()).isEqualTo(NOW);
		assertThat(later.find("alice")).isEqualTo(seen);
	}

	@Test
	void loggedInWhenProfileLacksFieldsThenKeepsStoredFields() {
		QqAccountBinding bound = at(Duration.ZERO).bind(IDENTITY, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofDays(8));
		QqAccountBinding seen = later.loggedIn(bound, IDENTITY, QqProfile.of(Map.of("nickname", "大明")));
		assertThat(seen.nickname()).isEqualTo("大明");
		assertThat(seen.avatarUrl()).isEqualTo(bound.avatarUrl());
		assertThat(seen.gender()).isEqualTo("男");
		assertThat(seen.profileAt()).isEqualTo(NOW.plus(Duration.ofDays(8)));
		assertThat(later.find("alice")).isEqualTo(seen);
	}

	@Test
	void loggedInWhenProfileIsLostThenKeepsStoredProfile() {
		QqAccountBinding bound = at(Duration.ZERO).bind(IDENTITY, PROFILE, "alice");
		QqAccountBindings later = at(Duration.ofDays(8));
		QqAccountBinding seen = later.loggedIn(bound, IDENTITY, QqProfile.of(Map.of("is_lost", "1", "nickname", "?")));
		assertThat(seen.nickname()).isEqualTo("小明");
		assertThat(seen.profileAt()).isEqualTo(NOW);
		assertThat(seen.lastLoginAt()).isEqualTo(NOW.plus(Duration.ofDays(8)));
	}

	@Test
	@Tag("T-26")
	void removeWhenBoundThenUnbound() {
		at(Duration.ZERO).bind(IDENTITY, PROFILE, "alice");
		assertThat(at(Duration.ZERO).remove("bob")).isFalse();
		assertThat(at(Duration.ZERO).remove("alice")).isTrue();
		assertThat(at(Duration.ZERO).find(IDENTITY)).isNull();
	}

	@Test
	void eventsWhenBindingChangesThenPublishedWithinTransaction() {
		QqAccountBindings bindings = at(Duration.ZERO);
		QqAccountBinding bound = bindings.bind(IDENTITY, PROFILE, "alice");
		bindings.loggedIn(bound, IDENTITY, null);
		bindings.bind(IDENTITY, PROFILE, "bob");
		assertThat(bindings.rename("alice", "alicia")).isTrue();
		bindings.remove("alicia");
		bindings.remove("alicia");
		bindings.refused("bob", "other-account");
		assertThat(this.events).containsExactly("BOUND alice null null", "LOGGED_IN alice null null",
				"RENAMED alicia alice null", "UNBOUND alicia null null", "REFUSED bob null other-account");
	}

	@Test
	void changesWhenListenerThrowsThenRolledBack() {
		QqAccountBindings bindings = at(Duration.ZERO);
		this.listenerThrows = true;
		assertThatThrownBy(() -> bindings.bind(IDENTITY, PROFILE, "alice")).hasMessage("from the listener");
		assertThatThrownBy(() -> bindings.register(IDENTITY, registration(true), (registration) -> account("new")))
			.hasMessage("from the listener");
		assertThat(bindings.find(IDENTITY)).isNull();
		this.listenerThrows = false;
		QqAccountBinding bound = bindings.bind(IDENTITY, PROFILE, "alice");
		this.listenerThrows = true;
		assertThatThrownBy(() -> bindings.remove("alice")).hasMessage("from the listener");
		assertThatThrownBy(() -> bindings.move(bound, "bob")).hasMessage("from the listener");
		assertThatThrownBy(() -> at(Duration.ofDays(2)).loggedIn(bound, IDENTITY, null))
			.hasMessage("from the listener");
		assertThat(bindings.find("alice")).isEqualTo(bound);
	}

	@Test
	void registerWhenNotBoundThenAccountAndBinding() {
		QqAccountBindings bindings = at(Duration.ZERO);
		assertThat(bindings.register(IDENTITY, registration(true), (registration) -> account(registration.username())))
			.isNotNull();
		assertThat(bindings.find(IDENTITY)).isEqualTo(new QqAccountBinding("101", "AAAA", "new", "UID_1", "小明",
				"https://thirdqq.qlogo.cn/g?s=100", "男", NOW, true, NOW, NOW));
		assertThat(this.events).containsExactly("REGISTERED new null null");
	}

	@Test
	@Tag("T-47")
	void registerWhenAlreadyBoundThenAccountIsRolledBack() {
		JdbcClient jdbc = JdbcClient.create(this.dataSource);
		jdbc.sql("create table if not exists member (name varchar(64))").update();
		jdbc.sql("delete from member").update();
		QqAccountBindings bindings = at(Duration.ZERO);
		bindings.bind(IDENTITY, PROFILE, "alice");
		assertThat(bindings.register(IDENTITY, registration(false), (registration) -> {
			jdbc.sql("insert into member values ('new')").update();
			return account("new");
		})).isNull();
		assertThat(jdbc.sql("select count(*) from member").query(Long.class).single()).isZero();
		assertThat(this.events).containsExactly("BOUND alice null null");
	}

	@Test
	void moveWhenBoundThenNewAccountHasBinding() {
		at(Duration.ZERO).register(IDENTITY, registration(true), (registration) -> account("qq_1"));
		QqAccountBindings later = at(Duration.ofDays(3));
		QqAccountBinding before = later.find("qq_1");
		assertThat(before).isNotNull();
		this.events.clear();
		assertThat(later.move(before, "alice")).isTrue();
		assertThat(later.find("alice")).isNotNull()
			.extracting(QqAccountBinding::registered, QqAccountBinding::createdAt)
			.containsExactly(false, NOW.plus(Duration.ofDays(3)));
		assertThat(later.find("qq_1")).isNull();
		assertThat(later.move(before, "alice")).isFalse();
		assertThat(this.events).containsExactly("MOVED alice qq_1 null", "UNBOUND qq_1 alice null");
	}

	@Test
	@Tag("T-16")
	void loggedInWhenUnionidComesAndGoesThenStoredAndKept() {
		QqAccountBindings bindings = at(Duration.ZERO);
		QqIdentity without = new QqIdentity("101", "AAAA", null);
		QqAccountBinding bound = bindings.bind(without, PROFILE, "alice");
		assertThat(bindings.loggedIn(bound, IDENTITY, null).unionid()).isEqualTo("UID_1");
		QqAccountBinding stored = bindings.find("alice");
		assertThat(stored).isNotNull().extracting(QqAccountBinding::unionid).isEqualTo("UID_1");
		assertThat(bindings.loggedIn(stored, without, null)).isEqualTo(stored);
		assertThat(bindings.find("alice")).isEqualTo(stored);
	}

}
