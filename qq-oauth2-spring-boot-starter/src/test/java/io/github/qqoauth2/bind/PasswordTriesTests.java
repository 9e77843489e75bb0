package io.github.qqoauth2.bind;

import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T-31")
class PasswordTriesTests {

	private final PasswordTries tries = new PasswordTries();

	private static PendingBinding pending(String id, int failures) {
		return new PendingBinding(id, new QqIdentity("101", "AAAA", null), null, null, Instant.EPOCH, failures, null,
				null, false, null, null);
	}

	private int remaining(PendingBinding pending) {
		int count = 0;
		while (this.tries.begin(pending)) {
			count++;
		}
		return count;
	}

	@Test
	void beginWhenFailuresNotSavedThenFiveAttempts() {
		assertThat(remaining(pending("a", 0))).isEqualTo(5);
		assertThat(remaining(pending("a", 0))).isZero();
		assertThat(remaining(pending("b", 0))).isEqualTo(5);
	}

	@Test
	void beginWhenFailuresOfOtherNodeThenRemainingAttempts() {
		assertThat(this.tries.begin(pending("a", 0))).isTrue();
		assertThat(remaining(pending("a", 3))).isEqualTo(2);
		assertThat(remaining(pending("b", 5))).isZero();
		assertThat(remaining(pending("c", 6))).isZero();
	}

	@Test
	void endWhenPasswordNotTestedThenAttemptNotCounted() {
		assertThat(remaining(pending("a", 0))).isEqualTo(5);
		assertThat(this.tries.end(pending("a", 0), LoginError.INTERNAL)).isNotNull();
		assertThat(remaining(pending("a", 0))).isOne();
		assertThat(this.tries.end(pending("unknown", 0), LoginError.ACCOUNT_STATUS)).isNotNull();
		assertThat(remaining(pending("unknown", 0))).isEqualTo(5);
	}

	@Test
	void endWhenFifthWrongPasswordThenNull() {
		PendingBinding failed = this.tries.end(pending("a", 3), LoginError.WRONG_PASSWORD);
		assertThat(failed).isNotNull();
		assertThat(failed.failures()).isEqualTo(4);
		assertThat(this.tries.end(failed, LoginError.WRONG_PASSWORD)).isNull();
	}

	@Test
	void beginWhenTooManyPendingBindingsThenForgetsEldest() {
		assertThat(remaining(pending("first", 0))).isEqualTo(5);
		for (int i = 1; i < PasswordTries.MAX_ENTRIES; i++) {
			this.tries.begin(pending("other-" + i, 0));
		}
		assertThat(remaining(pending("first", 0))).isZero();
		for (int i = 0; i < PasswordTries.MAX_ENTRIES; i++) {
			this.tries.begin(pending("another-" + i, 0));
		}
		assertThat(remaining(pending("first", 5))).isZero();
		assertThat(remaining(pending("first", 0))).isEqualTo(5);
	}

}
