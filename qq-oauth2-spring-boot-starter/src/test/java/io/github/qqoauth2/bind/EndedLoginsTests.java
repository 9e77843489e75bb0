package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class EndedLoginsTests {

	private final EndedLogins ended = new EndedLogins(new Ticking(), false);

	private final MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");

	private void ledTo(String key, String location) {
		this.request.getSession();
		this.ended.addRedirect(this.request, key, location);
	}

	private @Nullable String detail(String key) {
		EndedLogins.Ended found = this.ended.find(this.request, key);
		return (found != null) ? found.detail() : null;
	}

	@ParameterizedTest
	@EnumSource(EndedLogins.End.class)
	void findWhenAddedThenTheSame(EndedLogins.End end) {
		this.request.getSession();
		this.ended.add(this.request, "STATE", end, "/a b?c=d");
		assertThat(this.ended.find(this.request, "STATE")).isEqualTo(new EndedLogins.Ended(end, "/a b?c=d"));
		assertThat(this.ended.find(this.request, "OTHER")).isNull();
	}

	@Test
	void addWhenThereIsNoSessionThenMakesNone() {
		this.ended.add(this.request, "STATE", EndedLogins.End.SIGNED_IN, "");
		assertThat(this.ended.find(this.request, "STATE")).isNull();
		assertThat(this.ended.latestTarget(this.request)).isNull();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void addWhenStatelessThenAnExistingSessionIsNotUsed() {
		EndedLogins stateless = new EndedLogins(Clock.systemUTC(), true);
		this.request.getSession();
		stateless.add(this.request, "STATE", EndedLogins.End.SIGNED_IN, "");
		assertThat(Objects.requireNonNull(this.request.getSession()).getAttributeNames().hasMoreElements()).isFalse();
		this.ended.add(this.request, "STATE", EndedLogins.End.SIGNED_IN, "");
		assertThat(stateless.find(this.request, "STATE")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "SIGNED_IN", "NO_SUCH_END /", " SIGNED_IN /" })
	void findWhenUnreadableThenNone(String text) {
		Objects.requireNonNull(this.request.getSession()).setAttribute(EndedLogins.PREFIX + "STATE", "1 " + text);
		assertThat(this.ended.find(this.request, "STATE")).isNull();
		assertThat(this.ended.latestTarget(this.request)).isNull();
	}

	@Test
	void addRedirectWhenLocationIsOfThisApplicationThenItsPath() {
		ledTo("a", "/orders?page=2");
		assertThat(detail("a")).isEqualTo("/orders?page=2");
		ledTo("b", "http://localhost/orders?page=2");
		assertThat(detail("b")).isEqualTo("/orders?page=2");
		assertThat(this.ended.find(this.request, "a")).extracting(EndedLogins.Ended::end)
			.isEqualTo(EndedLogins.End.SIGNED_IN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost/orders", "http://localhost.e.test/", "http://localhost:8080/",
			"http://e.test/", "//e.test/", "http://localhost//e.test/", "orders", "", "/#token=abc", "/orders#top",
			"http://localhost/#token=abc" })
	void addRedirectWhenLocationIsElsewhereOrHasAFragmentThenOnlyTheEnd(String location) {
		ledTo("STATE", location);
		assertThat(this.ended.find(this.request, "STATE"))
			.isEqualTo(new EndedLogins.Ended(EndedLogins.End.SIGNED_IN, ""));
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/");
	}

	/**
	 * The visitor's own fragment is no secret of the application.
	 */
	@Test
	void addRedirectWhenFragmentIsThatOfTheStartThenStored() {
		this.request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, "/orders/1#comment-5");
		ledTo("a", "http://localhost/orders/1?continue#comment-5");
		assertThat(detail("a")).isEqualTo("/orders/1?continue#comment-5");
		ledTo("b", "/orders/1#token=abc");
		assertThat(detail("b")).isEmpty();
	}

	@Test
	void addRedirectWhenThereIsNoSessionThenMakesNone() {
		this.ended.addRedirect(this.request, "STATE", "/orders");
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void latestTargetWhenSeveralThenTheLatest() {
		ledTo("a", "/first");
		ledTo("b", "/second");
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/second");
		ledTo("a", "/third");
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/third");
	}

	@ParameterizedTest
	@EnumSource(value = EndedLogins.End.class, mode = EnumSource.Mode.EXCLUDE, names = "SIGNED_IN")
	void latestTargetWhenLaterLoginsEndedOtherwiseThenTheyDoNotCount(EndedLogins.End end) {
		this.request.getSession();
		this.ended.add(this.request, "a", end, "/elsewhere");
		assertThat(this.ended.latestTarget(this.request)).isNull();
		ledTo("b", "/orders");
		this.ended.add(this.request, "c", end, "/elsewhere");
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/orders");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login/qq/bind", "/login/qq/error", "/login/qq/bind?a=b", "/login/qq/error?a=b?c",
			"/login/qq/bind#a" })
	void latestTargetWhenItLedToBindOrErrorPageThenTheOneBefore(String page) {
		this.request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, page);
		ledTo("a", page);
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/");
		ledTo("b", "/orders");
		ledTo("c", page);
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/orders");
	}

	@Test
	void latestTargetWhenItLedNearBindOrErrorPageThenThatPage() {
		ledTo("a", "/login/qq/binding");
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/login/qq/binding");
		ledTo("b", "/orders?page=/login/qq/error");
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/orders?page=/login/qq/error");
	}

	@Test
	void latestTargetWhenApplicationHasAContextPathThenItCounts() {
		this.request.setContextPath("/shop");
		ledTo("a", "/shop/login/qq/bind");
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/shop/");
		ledTo("b", "/login/qq/bind");
		assertThat(this.ended.latestTarget(this.request)).isEqualTo("/login/qq/bind");
	}

	/**
	 * One millisecond later at each reading.
	 */
	private static final class Ticking extends Clock {

		private long millis;

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(++this.millis);
		}

	}

}
