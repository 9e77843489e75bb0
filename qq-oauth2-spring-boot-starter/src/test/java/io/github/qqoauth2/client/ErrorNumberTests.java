package io.github.qqoauth2.client;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorNumberTests {

	private static List<Integer> numbers(ErrorNumber.Remedy remedy) {
		return Arrays.stream(ErrorNumber.values())
			.filter((number) -> number.remedy() == remedy)
			.map(ErrorNumber::number)
			.toList();
	}

	@Test
	void numbersWhenListedThenContainAllDocumentedForLogin() {
		List<Integer> numbers = Arrays.stream(ErrorNumber.values()).map(ErrorNumber::number).toList();
		assertThat(numbers).doesNotHaveDuplicates()
			.containsAll(IntStream.rangeClosed(100000, 100031).boxed().toList())
			.contains(100044, 100048, 1001, 1002, -1, -2, -3, -6, -20, -21, -22, -23, -24, -58, -60);
	}

	@Test
	void remedyWhenNumberIsKnownThenAsSpecified() {
		assertThat(numbers(ErrorNumber.Remedy.VISITOR)).contains(100013, 100014, 100015, 100016, 100018, 100019, 100020,
				100030, 1002, -20, -21, -22, -23, -24);
		assertThat(numbers(ErrorNumber.Remedy.OPERATOR)).contains(100001, 100002, 100003, 100004, 100008, 100009,
				100010, 100011, 100012, 100031, 100044, 100048, -2, -3);
		assertThat(numbers(ErrorNumber.Remedy.LATER)).contains(1001, -6, -58, -60);
	}

	@Test
	void errorCodeWhenNumberIsUnknownOrMissingThenUnavailable() {
		assertThat(ErrorNumber.errorCode(424242)).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(ErrorNumber.errorCode(null)).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(ErrorNumber.errorCode(100020)).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
		assertThat(ErrorNumber.errorCode(100009)).isEqualTo(QqOAuth2Error.MISCONFIGURED);
	}

	@ParameterizedTest
	@EnumSource
	void numberWhenListedThenHasMeaningsAndSteps(ErrorNumber number) {
		assertThat(number.english()).matches("[A-Za-z][\\x20-\\x7E]+").doesNotEndWith(".");
		assertThat(number.chinese()).matches("(?s).*\\p{IsHan}.*").doesNotEndWith("。");
		assertThat(number.steps()).isNotEmpty().doesNotHaveDuplicates();
		assertThat(number.number()).isNotZero();
		assertThat(Set.of(ErrorNumber.Remedy.values())).contains(number.remedy());
	}

}
