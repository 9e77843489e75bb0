package io.github.qqoauth2.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class QqProfileTests {

	private static QqProfile nickname(String nickname) {
		return QqProfile.of(Map.of("nickname", nickname));
	}

	@Tag("T-23")
	@ParameterizedTest
	@CsvSource(ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			小明,小明
			🐼🎋,🐼🎋
			👨‍👩‍👧‍👦,👨‍👩‍👧‍👦
			.,.
			『过客乙』,『过客乙』
			 a b ,a b
			<svg onload=alert(1)>,<svg onload=alert(1)>
			""")
	void nicknameWhenHarmlessThenKeptAndTrimmed(String sent, String kept) {
		assertThat(nickname(sent).nickname()).isEqualTo(kept);
	}

	@Tag("T-23")
	@Test
	void nicknameWhenControlOrDirectionCharactersThenRemoved() {
		for (String unwanted : List.of("\u0000", "\u0007", "\t", "\n", "\r\n", "\u001B[31m", "\u007F", "\u0085",
				"\u2028", "\u2029", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068",
				"\u2069", "\u200E", "\u200F", "\u061C", "\uFEFF", "\uD83D", "\uDE00", "\uDE00\uD83D")) {
			String kept = unwanted.startsWith("\u001B") ? "a[31mb" : "ab";
			assertThat(nickname("a" + unwanted + "b").nickname()).isEqualTo(kept);
		}
	}

	@Tag("T-23")
	@Test
	void nicknameWhenEmptyAfterRemovalThenNull() {
		for (String empty : List.of("", " ", "\u3000", "\u0000", "\u202E", "\uD83D")) {
			assertThat(nickname(empty).nickname()).isNull();
			assertThat(nickname(empty).attributes()).isEmpty();
		}
	}

	@Tag("T-23")
	@ParameterizedTest
	@ValueSource(strings = { "\u3164", "\u2800", "\u200B", "\u200B\u200D", "\u200C", "\u2060", "\u00AD", "\u034F",
			"\u115F", "\u1160", "\u17B4", "\u180B", "\u180E", "\u180F", "\u00A0", "\u2003", "\u202F", "\u205F",
			"\u1680", "\u2064", "\uFE0F", "\uFE00", "\uFFA0", "\uFFF0", "\uFFF9", "\uFEFF", "\uDB40\uDC20",
			"\uDB40\uDC7F", "\uDB40\uDD00", "\uDB40\uDFFF", "\uD834\uDD59", "\uD834\uDD73", "\uD81B\uDFE4",
			"\u3164 \u2800\u200B\uFE0F", "\uFFFD", "\u200B\uFFFD" })
	void nicknameWhenNothingIsVisibleThenNull(String nickname) {
		assertThat(nickname(nickname).nickname()).isNull();
		assertThat(nickname(nickname.repeat(200)).nickname()).isNull();
		assertThat(nickname(nickname + "明").nickname()).endsWith("明");
	}

	@ParameterizedTest
	@ValueSource(strings = { "·", "ー", "\u0301", "\uE000", "\u0378", "ㅤ明", "❤\uFE0F", "\uD83C\uDFF4\uDB40\uDC67",
			"A\uFFFD" })
	void nicknameWhenAnythingIsVisibleThenKept(String nickname) {
		assertThat(nickname(nickname).nickname()).isEqualTo(nickname);
	}

	@Test
	void nicknameWhenVisibleOnlyBeyondLimitThenNull() {
		assertThat(nickname("\u200B".repeat(255) + "明").nickname()).isNull();
	}

	@Tag("T-23")
	@Test
	void nicknameWhenTooLongThenTruncatedBetweenCharacters() {
		assertThat(nickname("a".repeat(100_000)).nickname()).isEqualTo("a".repeat(255));
		assertThat(nickname("🌊".repeat(200)).nickname()).isEqualTo("🌊".repeat(127));
		assertThat(nickname("a".repeat(255)).nickname()).hasSize(255);
	}

	@Test
	void ofWhenGenderIsUnknownThenKeptAndTruncated() {
		assertThat(QqProfile.of(Map.of("gender", "male")).gender()).isEqualTo("male");
		assertThat(QqProfile.of(Map.of("gender", "x".repeat(50))).gender()).isEqualTo("x".repeat(16));
		assertThat(QqProfile.of(Map.of("gender", "")).gender()).isNull();
	}

	@Test
	void ofWhenIsLostThenLost() {
		assertThat(QqProfile.of(Map.of("is_lost", 1L)).lost()).isTrue();
		assertThat(QqProfile.of(Map.of("is_lost", "1")).lost()).isTrue();
		assertThat(QqProfile.of(Map.of("is_lost", 0L)).lost()).isFalse();
		assertThat(QqProfile.of(Map.of()).lost()).isFalse();
	}

	@Test
	void ofWhenFieldsAreNotStringsThenTextOrOmitted() {
		Map<String, Object> fields = new HashMap<>();
		fields.put("gender_type", 2L);
		fields.put("vip", true);
		fields.put("province", "广东");
		fields.put("nothing", null);
		fields.put("list", List.of(1));
		fields.put("object", Map.of("a", 1));
		fields.put("ret", 0L);
		fields.put("msg", "x");
		fields.put("openid", "x");
		assertThat(QqProfile.of(fields).attributes())
			.containsExactlyInAnyOrderEntriesOf(Map.of("gender_type", "2", "vip", "true", "province", "广东"));
	}

	@Test
	void ofWhenCreatedFromAttributesThenEqual() {
		QqProfile profile = QqProfile.of(Map.of("nickname", " 小\u202E明", "gender", "男", "is_lost", 1L, "figureurl_qq_2",
				"http://q.qlogo.cn/a", "year", "1990"));
		assertThat(QqProfile.of(profile.attributes())).isEqualTo(profile);
	}

	@Test
	void toStringWhenCalledThenOmitsPersonalData() {
		assertThat(nickname("小明")).hasToString("QqProfile[lost=false]");
	}

}
