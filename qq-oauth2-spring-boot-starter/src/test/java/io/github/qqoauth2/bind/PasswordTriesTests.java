package io.github.qqoauth2.bind;

import java.time.Instant;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T-31")
class PasswordTriesTests {

	private final PasswordTries tries = new PasswordTries();

	private static PendingBinding waiting(String id, int failures) {
		return new PendingBinding(id, new QqIdentity("101", "AAAA", null), null, Instant.EPOCH, failures, null, null,
				false, null, null);
	}

	private int left(PendingBinding pending) {
		int left = 0;
		while (this.tries.begin(pending)) {
			left++;
		}
		return left;
	}

	@Test
	void beginWhenNothingWasWrittenYetThenFiveInAll() {
		assertThat(left(waiting("a", 0))).isEqualTo(5);
		assertThat(left(waiting("a", 0))).isZero();
		assertThat(left(waiting("b", 0))).isEqualTo(5);
	}

	@Test
	void beginWhenAnotherNodeCountedThenGoesOnFromThere() {
		assertThat(this.tries.begin(waiting("a", 0))).isTrue();
		assertThat(left(waiting("a", 3))).isEqualTo(2);
		assertThat(left(waiting("b", 5))).isZero();
		assertThat(left(waiting("c", 6))).isZero();
	}

	@Test
	void endWhenTheTrySaidNothingThenMayBeBegunAgain() {
		assertThat(left(waiting("a", 0))).isEqualTo(5);
		assertThat(this.tries.end(waiting("a", 0), LoginError.INTERNAL)).isNotNull();
		assertThat(left(waiting("a", 0))).isOne();
		assertThat(this.tries.end(waiting("unknown", 0), LoginError.ACCOUNT_STATUS)).isNotNull();
		assertThat(left(waiting("unknown", 0))).isEqualTo(5);
	}

	@Test
	void endWhenThePasswordWasWrongForTheFifthTimeThenNoneIsLeft() {
		PendingBinding failed = this.tries.end(waiting("a", 3), LoginError.WRONG_PASSWORD);
		assertThat(failed).isNotNull();
		assertThat(failed.failures()).isEqualTo(4);
		assertThat(this.tries.end(failed, LoginError.WRONG_PASSWORD)).isNull();
	}

	@Test
	void beginWhenManyIdentitiesWaitThenOnlyTheLatestAreRemembered() {
		assertThat(left(waiting("first", 0))).isEqualTo(5);
		for (int i = 1; i < PasswordTries.IDENTITIES_REMEMBERED; i++) {
			this.tries.begin(waiting("other-" + i, 0));
		}
		assertThat(left(waiting("first", 0))).isZero();
		for (int i = 0; i < PasswordTries.IDENTITIES_REMEMBERED; i++) {
			this.tries.begin(waiting("another-" + i, 0));
		}
		assertThat(left(waiting("first", 5))).isZero();
		assertThat(left(waiting("first", 0))).isEqualTo(5);
	}

}
