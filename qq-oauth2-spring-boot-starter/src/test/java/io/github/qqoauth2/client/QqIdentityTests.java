package io.github.qqoauth2.client;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QqIdentityTests {

	@Tag("T-14")
	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "NULL", "undefined", "a b", "a\n", "a\u0000", "é", "ａ", "a.b", "a/b" })
	void constructorWhenIdIsInvalidThenMessageDoesNotContainIt(String id) {
		assertThatIllegalArgumentException().isThrownBy(() -> new QqIdentity("1", id, null))
			.withMessage("The openid must be 1 to 64 characters of 0-9 A-Z a-z _ -");
		assertThatIllegalArgumentException().isThrownBy(() -> new QqIdentity("1", "A", id))
			.withMessage("The unionid must be 1 to 64 characters of 0-9 A-Z a-z _ -");
	}

	@Tag("T-14")
	@Test
	void constructorWhenIdIsTooLongOrAppIdMissingThenRefused() {
		assertThat(new QqIdentity("1", "A".repeat(64), "b-_9").openid()).hasSize(64);
		assertThatIllegalArgumentException().isThrownBy(() -> new QqIdentity("1", "A".repeat(65), null));
		assertThatIllegalArgumentException().isThrownBy(() -> new QqIdentity(" ", "A", null));
	}

	@Test
	void equalsWhenCaseDiffersThenNotEqual() {
		assertThat(new QqIdentity("1", "ab", null)).isNotEqualTo(new QqIdentity("1", "Ab", null));
	}

	@Test
	void toStringWhenCalledThenOmitsOpenidAndUnionid() {
		assertThat(new QqIdentity("1", "OPENID", "UNIONID")).hasToString("QqIdentity[appId=1]");
	}

}
