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

	private static List<Integer> numbers(Remedy remedy) {
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
		assertThat(numbers(Remedy.VISITOR)).contains(100013, 100014, 100015, 100016, 100018, 100019, 100020, 100030,
				1002, -20, -21, -22, -23, -24);
		assertThat(numbers(Remedy.OPERATOR)).contains(100001, 100002, 100003, 100004, 100008, 100009, 100010, 100011,
				100012, 100031, 100044, 100048, -2, -3);
		assertThat(numbers(Remedy.LATER)).contains(1001, -6, -58, -60);
	}

	@Test
	void errorCodeWhenNumberIsUnknownOrMissingThenUnavailable() {
		assertThat(ErrorNumber.errorCode(424242)).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(ErrorNumber.errorCode(null)).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(ErrorNumber.errorCode(100020)).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
		assertThat(ErrorNumber.errorCode(100009)).isEqualTo(QqOAuth2Error.MISCONFIGURED);
	}

	@Test
	void explanationWhenNumberIsKnownThenMeaningAndRemedy() {
		assertThat(ErrorNumber.explanation(100009, Step.TOKEN))
			.isEqualTo(": The app key does not belong to the app id. "
					+ "Wrong qq.oauth2.app-key, or it was reset at QQ Connect. Copy it again");
		assertThat(ErrorNumber.explanation(100020, Step.TOKEN))
			.isEqualTo(": The code was used before. The visitor starts again");
		assertThat(ErrorNumber.explanation(100017, Step.ME))
			.isEqualTo(": QQ could not look up the app id. Try again later");
		assertThat(ErrorNumber.explanation(-22, Step.GET_USER_INFO)).isEqualTo(": The openid is invalid");
		assertThat(ErrorNumber.explanation(424242, Step.TOKEN)).isEmpty();
		assertThat(ErrorNumber.explanation(null, Step.TOKEN)).isEmpty();
	}

	@Test
	void meaningWhenApplicationIsNotAvailableThenReviewAndWrongId() {
		assertThat(ErrorNumber.APP_NOT_AVAILABLE.number()).isEqualTo(100008);
		assertThat(ErrorNumber.APP_NOT_AVAILABLE.english()).contains("not reviewed", "under review", "refused",
				"app id");
		assertThat(ErrorNumber.APP_NOT_AVAILABLE.chinese()).contains("审核", "appid 不存在");
		assertThat(ErrorNumber.MOBILE_SDK.number()).isEqualTo(100044);
		assertThat(ErrorNumber.MOBILE_SDK.english()).contains("mobile", "signature", "permission to test");
		assertThat(ErrorNumber.MOBILE_SDK.chinese()).contains("手机", "签名", "测试权限");
	}

	@ParameterizedTest
	@EnumSource
	void numberWhenListedThenHasMeaningsAndSteps(ErrorNumber number) {
		assertThat(number.english()).matches("[A-Za-z][\\x20-\\x7E]+").doesNotEndWith(".");
		assertThat(number.chinese()).matches("(?s).*\\p{IsHan}.*").doesNotEndWith("。");
		assertThat(number.action()).matches("[A-Za-z][\\x20-\\x7E]+").doesNotEndWith(".");
		assertThat(number.steps()).isNotEmpty().doesNotHaveDuplicates();
		assertThat(number.number()).isNotZero();
		assertThat(Set.of(Remedy.values())).contains(number.remedy());
	}

}
