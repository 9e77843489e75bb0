package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

class TicketAuthorizationRequestStoreTests {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private final InMemoryLoginStore loginStore = new InMemoryLoginStore(2900);

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private static OAuth2AuthorizationRequest request(String state, @Nullable String next) {
		Map<String, Object> attributes = new LinkedHashMap<>(Map.of("registration_id", "qq"));
		if (next != null) {
			attributes.put(QqAuthorizationRequest.NEXT, next);
		}
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.clientId("101")
			.redirectUri("https://www.example.com/login/oauth2/code/qq")
			.state(state)
			.attributes(attributes)
			.build();
	}

	private TicketAuthorizationRequestStore at(Duration later) {
		return new TicketAuthorizationRequestStore(this.loginStore, TIMEOUT,
				Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
	}

	private void save(String... states) {
		for (String state : states) {
			at(Duration.ZERO).save(request(state, "/" + state), this.request, this.response);
		}
	}

	private @Nullable String next(String state) {
		OAuth2AuthorizationRequest taken = at(Duration.ZERO).take(state, this.request, this.response);
		return (taken != null) ? QqAuthorizationRequest.next(taken) : "none";
	}

	@Test
	void takeWhenSavedThenReturnsRequestOnce() {
		save("A");
		OAuth2AuthorizationRequest taken = Objects
			.requireNonNull(at(Duration.ZERO).take("A", this.request, this.response));
		assertThat(taken.getState()).isEqualTo("A");
		assertThat(taken.getRedirectUri()).isEqualTo("https://www.example.com/login/oauth2/code/qq");
		assertThat(taken.getAttributes()).isEqualTo(request("A", "/A").getAttributes());
		assertThat(this.loginStore.text).as("the ticket is removed with its last request").isNull();
		assertThat(next("A")).isEqualTo("none");
	}

	@Test
	void takeWhenSeveralStoredThenKeepsOthers() {
		save("A", "B", "C", "D");
		assertThat(next("C")).isEqualTo("/C");
		assertThat(next("X")).isEqualTo("none");
		assertThat(next("c")).isEqualTo("none");
		assertThat(next("A")).isEqualTo("/A");
		assertThat(next("D")).isEqualTo("/D");
		assertThat(next("B")).isEqualTo("/B");
		assertThat(this.loginStore.text).isNull();
	}

	@Test
	void takeWhenNoTicketThenNullAndCreatesNone() {
		assertThat(next("A")).isEqualTo("none");
		assertThat(this.loginStore.puts).isZero();
	}

	@Test
	void takeWhenOtherStateStoredThenTicketUnchanged() {
		save("A");
		assertThat(next("B")).isEqualTo("none");
		assertThat(this.loginStore.puts).isOne();
	}

	@Test
	void saveWhenFourStoredThenRemovesOldest() {
		save("A", "B", "C", "D", "E");
		assertThat(next("A")).isEqualTo("none");
		for (String kept : new String[] { "B", "C", "D", "E" }) {
			assertThat(next(kept)).isEqualTo("/" + kept);
		}
	}

	@Test
	void takeWhenExpiredThenNull() {
		save("A");
		at(Duration.ofMinutes(4)).save(request("B", null), this.request, this.response);
		assertThat(at(TIMEOUT).take("A", this.request, this.response)).isNull();
		assertThat(at(Duration.ofMinutes(9).minusMillis(1)).take("B", this.request, this.response)).isNotNull();
	}

	@Test
	void takeWhenAboutToExpireThenReturnsRequest() {
		save("A");
		assertThat(at(TIMEOUT.minusMillis(1)).take("A", this.request, this.response)).isNotNull();
	}

	@Test
	void saveWhenSomeExpiredThenRemovesThem() {
		save("A", "B", "C", "D");
		at(TIMEOUT).save(request("E", "/E"), this.request, this.response);
		assertThat(this.loginStore.text).contains("\\\"E\\\"").doesNotContain("\\\"D\\\"");
	}

	/**
	 * The login has priority over its target, and the latest login over earlier ones.
	 */
	@Test
	void saveWhenTooLongThenRemovesEarlierRequestsAndThenNext() {
		save("A", "B");
		at(Duration.ZERO).save(request("C", "/" + "c".repeat(1800)), this.request, this.response);
		assertThat(this.loginStore.fits(Objects.requireNonNull(this.loginStore.text))).isTrue();
		at(Duration.ZERO).save(request("D", "/" + "d".repeat(3000)), this.request, this.response);
		assertThat(this.loginStore.fits(Objects.requireNonNull(this.loginStore.text))).isTrue();
		assertThat(next("A")).isEqualTo("none");
		assertThat(next("C")).isEqualTo("none");
		assertThat(next("D")).isNull();
	}

	@Test
	void saveWhenTwoLongRequestsThenKeepsLatestWithNext() {
		String page = "/" + "p".repeat(1500);
		at(Duration.ZERO).save(request("A", page), this.request, this.response);
		at(Duration.ZERO).save(request("B", page), this.request, this.response);
		assertThat(next("A")).isEqualTo("none");
		assertThat(next("B")).isEqualTo(page);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "x", "{}", "{\"v\":\"1\",\"state\":\"A\"}", "{\"v\":\"2\"}",
			"{\"v\":\"2\",\"expiresAt\":[],\"requests\":[\"{}\"]}",
			"{\"v\":\"2\",\"expiresAt\":[\"soon\"],\"requests\":[\"{}\"]}",
			"{\"v\":\"2\",\"expiresAt\":[\"2099-01-01T00:00:00Z\"],\"requests\":[\"{}\"]}",
			"{\"v\":\"2\",\"expiresAt\":[\"2099-01-01T00:00:00Z\"],\"requests\":[null]}",
			"{\"v\":\"2\",\"expiresAt\":[null],\"requests\":[\"{}\"]}" })
	@Tag("T-10")
	void takeWhenTicketDamagedOrOtherVersionThenNullAndSaveSucceeds(String text) {
		this.loginStore.text = text;
		assertThat(next("A")).isEqualTo("none");
		save("A");
		assertThat(next("A")).isEqualTo("/A");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"v\":\"2\"|\"v\":\"1\"", "\"v\":\"2\"|\"v\":2", "\"v\":\"2\"|\"w\":\"2\"" })
	@Tag("T-10")
	void takeWhenOnlyVersionDiffersThenNull(String change) {
		save("A");
		String text = Objects.requireNonNull(this.loginStore.text);
		String[] versions = change.split("\\|", 2);
		this.loginStore.text = text.replace(versions[0], versions[1]);
		assertThat(this.loginStore.text).isNotEqualTo(text);
		assertThat(next("A")).isEqualTo("none");
	}

	@Test
	void saveWhenEncryptedThenCookieNotLongerThan4096Bytes() {
		TicketLoginStore ticket = new TicketLoginStore(new TicketCipher("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
				"qq-authorization", TIMEOUT, () -> true);
		TicketAuthorizationRequestStore store = new TicketAuthorizationRequestStore(ticket, TIMEOUT,
				Clock.fixed(NOW, ZoneOffset.UTC));
		MockHttpServletRequest browser = new MockHttpServletRequest();
		for (int length : new int[] { 1, 10, 100, 400, 700, 1000, 1500, 2000, 2020, 2047 }) {
			MockHttpServletResponse answer = new MockHttpServletResponse();
			store.save(request("S" + length, "/" + "n".repeat(length)), browser, answer);
			Cookie cookie = Objects.requireNonNull(answer.getCookie("__Host-qq-authorization"));
			assertThat(cookie.getName() + "=" + cookie.getValue()).as("%s", length).hasSizeLessThanOrEqualTo(4096);
			browser = new MockHttpServletRequest();
			browser.setCookies(cookie);
		}
		assertThat(store.take("S2047", browser, new MockHttpServletResponse())).isNotNull();
	}

	/**
	 * A store for one text of limited length.
	 */
	private static final class InMemoryLoginStore implements LoginStore {

		private final int room;

		private @Nullable String text;

		private int puts;

		InMemoryLoginStore(int room) {
			this.room = room;
		}

		@Override
		public @Nullable String get(HttpServletRequest request) {
			return this.text;
		}

		@Override
		public void put(HttpServletRequest request, HttpServletResponse response, String value) {
			this.text = value;
			this.puts++;
		}

		@Override
		public void remove(HttpServletRequest request, HttpServletResponse response) {
			this.text = null;
		}

		@Override
		public boolean hasCookie(HttpServletRequest request) {
			return true;
		}

		@Override
		public boolean canStoreWithoutSession(HttpServletRequest request) {
			return true;
		}

		@Override
		public boolean fits(String value) {
			return value.length() <= this.room;
		}

	}

}
