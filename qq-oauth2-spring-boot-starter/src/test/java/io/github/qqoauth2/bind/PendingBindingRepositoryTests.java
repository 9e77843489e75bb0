package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

import io.github.qqoauth2.bind.PendingBinding.RefusedRegistration;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;

class PendingBindingRepositoryTests {

	private static final String ATTRIBUTE = "io.github.qqoauth2.pendingBinding";

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private static final QqIdentity QQ = new QqIdentity("101", "AAAA", "UID_1");

	private static final QqProfile PROFILE = QqProfile.of(Map.of("nickname", "小明", "gender", "男"));

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private static PendingBindingRepository at(Duration later) {
		return repository(new HttpSessionLoginStore(ATTRIBUTE), later);
	}

	private static PendingBindingRepository repository(LoginStore store, Duration later) {
		return new PendingBindingRepository(store, (identity) -> false, new LoginTokens(() -> null),
				Duration.ofMinutes(5), Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
	}

	private PendingBinding saved() {
		PendingBinding pending = at(Duration.ZERO).create(QQ, PROFILE, "/orders", true)
			.withTokens("ENCRYPTED")
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
		PendingBinding bare = at(Duration.ZERO).create(new QqIdentity("101", "BBBB", null), null, null, false);
		at(Duration.ZERO).save(this.request, this.response, bare);
		assertThat(at(Duration.ZERO).load(this.request)).isEqualTo(bare);
	}

	@Test
	void withMethodsWhenTokensThenKept() {
		PendingBinding pending = at(Duration.ZERO).create(QQ, PROFILE, "/orders", true).withTokens("ENCRYPTED");
		assertThat(List.of(pending.withFailure(), pending.withError(LoginError.CREDENTIALS), pending.withoutTarget(),
				pending.withShortProfile(), pending.withoutValues(),
				pending.withRegistration(new RefusedRegistration(Map.of(), Map.of()))))
			.allSatisfy((copy) -> assertThat(copy.tokens()).isEqualTo("ENCRYPTED"));
		assertThat(pending.model().toString() + pending).doesNotContain("ENCRYPTED");
	}

	/**
	 * A session may be older than the member.
	 */
	@Test
	void loadWhenOfFormerVersionThenWithoutTokens() {
		PendingBinding pending = saved();
		String former = stored().replace("\"tokens\":\"ENCRYPTED\",", "");
		assertThat(former).isNotEqualTo(stored()).doesNotContain("tokens");
		session().setAttribute(ATTRIBUTE, former);
		assertThat(at(Duration.ZERO).load(this.request)).isEqualTo(pending.withTokens(null));
	}

	@ParameterizedTest
	@CsvSource({ "0, '', '', '', ''", "1, x, '', '', ''", "2, x, x, '', ''", "3, x, x, x, ''", "4, x, x, x, x" })
	void saveWhenTooLongThenLeavesOutInThisOrder(int tries, String values, String profile, String tokens,
			String target) {
		AtomicInteger asked = new AtomicInteger();
		PendingBindingRepository repository = repository(new SmallStore(() -> asked.incrementAndGet() > tries),
				Duration.ZERO);
		PendingBinding pending = repository
			.create(QQ, QqProfile.of(Map.of("nickname", "小明", "city", "x")), "/orders", true)
			.withTokens("ENCRYPTED")
			.withRegistration(new RefusedRegistration(Map.of("nickname", "x"), Map.of("username", "taken")));
		repository.save(this.request, this.response, pending);
		PendingBinding kept = Objects.requireNonNull(repository.load(this.request));
		assertThat(Objects.requireNonNull(kept.registration()).values().isEmpty()).isEqualTo(!values.isEmpty());
		assertThat(Objects.requireNonNull(kept.profile()).attributes().containsKey("city"))
			.isEqualTo(profile.isEmpty());
		assertThat(kept.tokens() == null).isEqualTo(!tokens.isEmpty());
		assertThat(kept.target() == null).isEqualTo(!target.isEmpty());
	}

	@Test
	void createWhenRepeatedThenUniqueIdOf32Characters() {
		PendingBinding first = at(Duration.ZERO).create(QQ, null, null, false);
		PendingBinding second = at(Duration.ZERO).create(QQ, null, null, false);
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
			"\"afterAccount\"|\"after\"", "2026-11-21T|soon", "}$|", "^.*$|null", "^.*$|", "^.*$|[]" })
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

	/**
	 * A session that is too small until it is asked often enough.
	 */
	private static final class SmallStore implements LoginStore {

		private final LoginStore session = new HttpSessionLoginStore(ATTRIBUTE);

		private final BooleanSupplier fits;

		SmallStore(BooleanSupplier fits) {
			this.fits = fits;
		}

		@Override
		public @Nullable String get(HttpServletRequest request) {
			return this.session.get(request);
		}

		@Override
		public void put(HttpServletRequest request, HttpServletResponse response, String value) {
			this.session.put(request, response, value);
		}

		@Override
		public void remove(HttpServletRequest request, HttpServletResponse response) {
			this.session.remove(request, response);
		}

		@Override
		public boolean hasCookie(HttpServletRequest request) {
			return this.session.hasCookie(request);
		}

		@Override
		public boolean canStoreWithoutSession(HttpServletRequest request) {
			return this.session.canStoreWithoutSession(request);
		}

		@Override
		public boolean fits(String value) {
			return this.fits.getAsBoolean();
		}

	}

}
