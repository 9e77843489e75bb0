package io.github.qqoauth2.account;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QqRegistrationFieldTests {

	@ParameterizedTest
	@MethodSource("confusable")
	@Tag("T-56")
	void checkWhenUsernameLooksLikeAnotherThenCharacters(String name) {
		assertThat(QqRegistrationField.USERNAME.check(name)).isEqualTo("characters");
		assertThat(QqRegistrationField.USERNAME.length(1, 32).optional().check(name)).isEqualTo("characters");
		assertThat(QqRegistrationField.of("username", "text").check(name)).isEqualTo("characters");
	}

	/**
	 * By kind: invisible, direction, other widths and forms, mixed scripts, marks and
	 * letters that resemble others, symbols, {@code @}.
	 */
	static List<String> confusable() {
		List<String> names = List.of("ali\u200bce", "\u200balice", "ali\u200cce", "ali\u200dce", "alice\u2060",
				"\ufeffalice", "ali\u00adce", "ali\u034fce", "alice\u3164", "\u115falice", "alice\u1160", "alice\uffa0",
				"alice\u2800", "\u5f20\ufe00\u4e09", "\u5f20\udb40\udd00\u4e09", "alice\udb40\udc41", "ali\u180ece",
				"al\u0000ice", "al\u007fice", "ali\u0085ce", "ali\u00a0ce", "\u5f20\u3000\u4e09", "ali\u2003ce",
				"ali  ce", "ali\u2028ce", "ali\ue000ce", "ali\ud800ce", "ali\u0378ce",

				"\u202ealice", "al\u202aice", "ali\u202cce", "ali\u2066ce\u2069", "alice\u200e", "alice\u200f",
				"ali\u061cce",

				"\uff41\uff4c\uff49\uff43\uff45", "alic\uff45", "alice\uff11", "\uff31\uff31\uff3f1", "ali\uff0ece",
				"\ud835\udc1alice", "ali\u217de", "al\u2170ce", "\u24d0lice", "\ufb01ona", "\uff76\uff85", "\u2f08",
				"jose\u0301",

				"\u0430lice", "ali\u0441e", "\u03b1lice", "alic\u03b5", "\u0391lice", "\u0561lice", "\u13aalice",
				"\u5f20\u0441", "\u5f20\u03bf", "\u0418\u0432\u03b1\u043d", "\u3042\u3105", "\ud55c\u3042",

				"ali\u0338ce", "alice\u0332", "\u0251lice", "\u026alice", "a\u01c0ice", "ali\u02bcce", "user\u0661",

				"ali\u2010ce", "ali\u2212ce", "a\u2044b", "\u2764", "\u5c0f\u660e\ud83d\ude00", "alice\u2122",

				"alice@example.com", "@alice", "alice\uff20example.com", "alice\ufe6bexample.com");
		assertThat(names).hasSizeGreaterThan(60).doesNotHaveDuplicates();
		return names;
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "Alice_01", "a", "7", "alice.smith-2", "alice smith", "o'neil", "a+b", "a/b:c",
			"张三", "张三abc", "abc张三_01", "李·四", "阿依古丽·买买提", "𠮷野家", "々〇", "すずき", "スズキ太郎taro", "ー", "ㄅㄆ張三", "홍길동",
			"洪길동gil", "Иван", "Ελένη", "José", "müller", "Nguyễn", "lǐ", "أحمد", "ישראל", "สมชาย", "राम" })
	@Tag("T-56")
	void checkWhenUsernameIsOrdinaryThenValid(String name) {
		assertThat(QqRegistrationField.USERNAME.check(name)).isNull();
	}

	/**
	 * The application's pattern replaces the rules about scripts, symbols and {@code @}.
	 */
	@Test
	@Tag("T-56")
	void checkWhenUsernameHasPatternThenPatternDecidesExceptForInvisibleCharacters() {
		QqRegistrationField field = QqRegistrationField.USERNAME.matching("[^ ]+");
		assertThat(field.check("alice@example.com")).isNull();
		assertThat(field.check("小明😀")).isNull();
		assertThat(field.check("\u0430lice")).isNull();
		assertThat(field.check("ali ce")).isEqualTo("invalid");
		assertThat(List.of("ali\u200bce", "\u202ealice", "ａlice", "alice\u3164").stream().map(field::check))
			.containsOnly("invalid");
	}

	@Test
	@Tag("T-56")
	void checkWhenUsernameIsEmailThenMayHaveAt() {
		QqRegistrationField field = QqRegistrationField.of("username", "email");
		assertThat(field.check("alice@example.com")).isNull();
		assertThat(field.check("\u0430lice@example.com")).isEqualTo("characters");
		assertThat(field.check("ali\u200bce@example.com")).isEqualTo("characters");
	}

	@Test
	void checkWhenOtherFieldThenAcceptsAllButControlCharacters() {
		QqRegistrationField field = QqRegistrationField.of("nickname", "text");
		assertThat(field.check("小明😀@ａ")).isNull();
		assertThat(field.check("a\u0000")).isEqualTo("invalid");
		assertThat(QqRegistrationField.PASSWORD.check("p\u0430ss\u200bw\u00f6rd")).isNull();
	}

	@Test
	@Tag("T-65")
	void checkWhenConsentThenOnlyTrueIsValid() {
		QqRegistrationField consent = QqRegistrationField.consent("terms", "/terms", "https://shop.example/privacy");
		assertThat(consent.type()).isEqualTo("consent");
		assertThat(consent.links()).containsExactly("/terms", "https://shop.example/privacy");
		assertThat(consent.check("true")).isNull();
		assertThat(Stream.of(null, "", "false", "on", "TRUE", "true\n").map(consent::check)).containsOnly("consent");
	}

	@Test
	@Tag("T-65")
	void consentWhenOptionalOrWithoutLinkThenRefused() {
		QqRegistrationField consent = QqRegistrationField.consent("terms", "/terms");
		assertThatIllegalArgumentException().isThrownBy(consent::optional);
		assertThatIllegalArgumentException().isThrownBy(() -> QqRegistrationField.consent("terms"));
		assertThatIllegalArgumentException().isThrownBy(() -> QqRegistrationField.of("terms", "consent"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "terms", "//other.example/terms", "javascript:alert(1)", "data:text/html,x" })
	void consentWhenLinkIsNeitherPathNorHttpAddressThenRefused(String link) {
		assertThatIllegalArgumentException().isThrownBy(() -> QqRegistrationField.consent("terms", link));
	}

	@Test
	void changesWhenConsentThenLinksAreKept() {
		QqRegistrationField consent = QqRegistrationField.consent("terms", "/terms");
		assertThat(consent.length(0, 4).links()).containsExactly("/terms");
		assertThat(consent.matching(".*").links()).containsExactly("/terms");
	}

}
