package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;

class RecentStringsTests {

	private static final String PREFIX = "KIND.";

	private final ManualClock clock = new ManualClock();

	private final RecentStrings strings = new RecentStrings(PREFIX, this.clock);

	private final MockHttpSession session = new SlowSession();

	private final MockHttpServletRequest request = request(this.session);

	private static MockHttpServletRequest request(MockHttpSession session) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSession(session);
		return request;
	}

	private void put(String... keys) {
		for (String key : keys) {
			this.strings.put(this.request, key, "value " + key);
			this.clock.tick();
		}
	}

	@Test
	void getWhenPutThenReturnsValue() {
		put("a");
		assertThat(this.strings.get(this.request, "a")).isEqualTo("value a");
		assertThat(this.strings.get(this.request, "b")).isNull();
		assertThat(new RecentStrings("OTHER.", this.clock).get(this.request, "a")).isNull();
		this.strings.put(this.request, "a", "");
		assertThat(this.strings.get(this.request, "a")).isEmpty();
	}

	@Test
	void putWhenFourStoredThenRemovesOldest() {
		this.session.setAttribute("another", "stays");
		put("a", "b", "c", "d");
		assertThat(this.strings.all(this.request)).containsExactly("value d", "value c", "value b", "value a");
		put("e");
		assertThat(this.strings.all(this.request)).containsExactly("value e", "value d", "value c", "value b");
		put("f", "g");
		assertThat(this.strings.all(this.request)).containsExactly("value g", "value f", "value e", "value d");
		assertThat(this.session.getAttribute("another")).isEqualTo("stays");
	}

	@Test
	void putWhenKeyStoredThenBecomesLatestAndRemovesNone() {
		put("a", "b", "c", "d", "a");
		assertThat(this.strings.all(this.request)).containsExactly("value a", "value d", "value c", "value b");
		put("e");
		assertThat(this.strings.all(this.request)).containsExactly("value e", "value a", "value d", "value c");
	}

	@Test
	void putWhenSameTimeThenKeepsNewString() {
		for (String key : List.of("a", "b", "c", "d", "e")) {
			this.strings.put(this.request, key, key);
			assertThat(this.strings.get(this.request, key)).isEqualTo(key);
		}
		assertThat(this.strings.all(this.request)).hasSize(RecentStrings.KEPT).contains("e");
	}

	@Test
	void putWhenClockMovedBackThenKeepsNewString() {
		put("a", "b", "c", "d");
		this.clock.moveBack();
		put("e");
		assertThat(this.strings.get(this.request, "e")).isEqualTo("value e");
		assertThat(this.strings.all(this.request)).hasSize(RecentStrings.KEPT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "x", "x y", "99999999999999999999 y", "-1 y" })
	void putWhenDamagedStringStoredThenRemovesItFirst(String damaged) {
		put("a", "b", "c");
		this.session.setAttribute(PREFIX + "damaged", damaged);
		put("d");
		assertThat(this.strings.all(this.request)).containsExactly("value d", "value c", "value b", "value a");
		assertThat(this.session.getAttribute(PREFIX + "damaged")).isNull();
	}

	@Test
	void getWhenAttributeIsNotStringThenNull() {
		this.session.setAttribute(PREFIX + "a", 17);
		assertThat(this.strings.get(this.request, "a")).isNull();
		assertThat(this.strings.take(this.request, "a")).isNull();
		assertThat(this.strings.all(this.request)).isEmpty();
		put("b", "c", "d", "e");
		assertThat(Collections.list(this.session.getAttributeNames())).hasSize(4).doesNotContain(PREFIX + "a");
	}

	@Test
	void getWhenNoSessionThenCreatesNone() {
		MockHttpServletRequest none = new MockHttpServletRequest();
		assertThat(this.strings.get(none, "a")).isNull();
		assertThat(this.strings.take(none, "a")).isNull();
		assertThat(this.strings.all(none)).isEmpty();
		assertThat(none.getSession(false)).isNull();
	}

	@Test
	void takeWhenRepeatedThenNull() {
		put("a", "b");
		assertThat(this.strings.take(this.request, "a")).isEqualTo("value a");
		assertThat(this.strings.take(this.request, "a")).isNull();
		assertThat(this.strings.get(this.request, "b")).isEqualTo("value b");
	}

	@Test
	@Tag("T-03")
	void takeWhenConcurrentThenOnlyOneSucceeds() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(32);
		try {
			for (int round = 0; round < 5; round++) {
				put("a");
				assertThat(takeConcurrently(threads, 32)).containsOnlyOnce("value a").hasSize(32);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private List<String> takeConcurrently(ExecutorService threads, int count) throws Exception {
		CyclicBarrier together = new CyclicBarrier(count);
		Callable<String> take = () -> {
			MockHttpServletRequest own = request(this.session);
			together.await();
			return Objects.requireNonNullElse(this.strings.take(own, "a"), "none");
		};
		List<String> taken = new ArrayList<>();
		for (Future<String> future : threads.invokeAll(Collections.nCopies(count, take))) {
			taken.add(future.get());
		}
		return taken;
	}

	/**
	 * A session with slow reads, so that operations in two steps become visible as races.
	 */
	private static final class SlowSession extends MockHttpSession {

		@Override
		public @Nullable Object getAttribute(String name) {
			Object value = super.getAttribute(name);
			LockSupport.parkNanos(20_000);
			return value;
		}

	}

	/**
	 * A clock that advances only when {@code tick} is called.
	 */
	private static final class ManualClock extends Clock {

		private long millis = Instant.parse("2026-11-21T08:09:10Z").toEpochMilli();

		void tick() {
			this.millis++;
		}

		void moveBack() {
			this.millis -= 60_000;
		}

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
			return Instant.ofEpochMilli(this.millis);
		}

	}

}
