package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;

class PendingBindingRepositoryTests {

	private static final String ATTRIBUTE = "SPRING_SECURITY_QQ_PENDING";

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private static final QqIdentity QQ = new QqIdentity("101", "AAAA", "UID_1");

	private static final QqProfile PROFILE = QqProfile.of(Map.of("nickname", "小明", "gender", "男"));

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private static PendingBindingRepository at(Duration later) {
		return new PendingBindingRepository(new HttpSessionLoginStore(ATTRIBUTE), (identity) -> false,
				Duration.ofMinutes(5), Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
	}

	private PendingBinding saved() {
		PendingBinding pending = at(Duration.ZERO).create(QQ, PROFILE, "/orders")
			.withMoveTo("alice")
			.withFailure()
			.withError(LoginError.ACCOUNT_STATUS);
		at(Duration.ZERO).save(this.request, this.response, pending);
		return pending;
	}

	private String stored() {
		return (String) Objects.requireNonNull(session().getAttribute(ATTRIBUTE));
	}

	private MockHttpSession session() {
		return (MockHttpSession) Objects.requireNonNull(this.request.getSession());
	}

	@Test
	void loadWhenSavedThenEqual() {
		PendingBinding pending = saved();
		assertThat(at(Duration.ZERO).load(this.request)).isEqualTo(pending);
		PendingBinding bare = at(Duration.ZERO).create(new QqIdentity("101", "BBBB", null), null, null);
		at(Duration.ZERO).save(this.request, this.response, bare);
		assertThat(at(Duration.ZERO).load(this.request)).isEqualTo(bare);
	}

	@Test
	void createWhenRepeatedThenUniqueIdOf32Characters() {
		PendingBinding first = at(Duration.ZERO).create(QQ, null, null);
		PendingBinding second = at(Duration.ZERO).create(QQ, null, null);
		assertThat(first.id()).matches("[0-9a-f]{32}").isNotEqualTo(second.id());
	}

	@Test
	@Tag("T-08")
	void loadWhenExpiredThenNullAndTargetRemains() {
		saved();
		assertThat(at(Duration.ofMinutes(5).minusMillis(1)).load(this.request)).isNotNull();
		assertThat(at(Duration.ofMinutes(5)).load(this.request)).isNull();
		assertThat(at(Duration.ofMinutes(5)).target(this.request)).isEqualTo("/orders");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"v\":\"1\"|\"v\":\"2\"", "\"v\":\"1\"|\"v\":1", "\"id\"|\"ID\"", "\"openid\"|\"open\"",
			"\"appId\"|\"app\"", "\"failures\":\"1\"|\"failures\":\"many\"", "ACCOUNT_STATUS|NO_SUCH_ERROR",
			"2026-11-21T|soon", "}$|", "^.*$|null", "^.*$|", "^.*$|[]" })
	void loadWhenDamagedOrOtherVersionThenNull(String damage) {
		saved();
		String[] change = damage.split("\\|", 2);
		String damaged = stored().replaceFirst(change[0], change[1]);
		assertThat(damaged).isNotEqualTo(stored());
		session().setAttribute(ATTRIBUTE, damaged);
		assertThat(at(Duration.ZERO).load(this.request)).isNull();
		assertThat(at(Duration.ZERO).target(this.request)).isNull();
	}

	@Test
	void loadWhenNoSessionThenCreatesNone() {
		assertThat(at(Duration.ZERO).load(this.request)).isNull();
		at(Duration.ZERO).remove(this.request, this.response);
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void removeWhenSavedThenAttributeRemoved() {
		saved();
		at(Duration.ZERO).remove(this.request, this.response);
		assertThat(session().getAttribute(ATTRIBUTE)).isNull();
	}

}
