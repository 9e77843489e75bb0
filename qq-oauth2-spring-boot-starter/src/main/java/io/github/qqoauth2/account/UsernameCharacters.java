package io.github.qqoauth2.account;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Recognizes usernames that a reader may take for another one.
 *
 * @see <a href="https://www.unicode.org/reports/tr39/#Restriction_Level_Detection">UTS
 * 39, 5.2</a>
 */
final class UsernameCharacters {

	/**
	 * The scripts that one name may mix, each set with Latin: the level "Highly
	 * Restrictive" of UTS 39. Chinese, Japanese and Korean names are commonly written
	 * with Latin letters, and Han characters do not look like these. Cyrillic and Greek
	 * letters do.
	 */
	private static final List<Set<UnicodeScript>> MIXED = List.of(
			EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
			EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
			EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

	private static final Set<UnicodeBlock> LATIN = Set.of(UnicodeBlock.BASIC_LATIN, UnicodeBlock.LATIN_1_SUPPLEMENT,
			UnicodeBlock.LATIN_EXTENDED_A, UnicodeBlock.LATIN_EXTENDED_B, UnicodeBlock.LATIN_EXTENDED_ADDITIONAL);

	/** Characters of several scripts: two middle dots and the Japanese long vowel. */
	private static final String SHARED = "\u00b7\u30fb\u30fc";

	private UsernameCharacters() {
	}

	/**
	 * Returns whether each character of a name is visible and has no compatibility form
	 * such as a full-width letter.
	 */
	static boolean areVisible(String name) {
		return Normalizer.isNormalized(name, Normalizer.Form.NFKC) && !name.contains("  ")
				&& name.codePoints().noneMatch(UsernameCharacters::isInvisible);
	}

	/**
	 * Returns whether a name consists of letters and digits of one script, or of scripts
	 * that are commonly mixed, and of ASCII punctuation without {@code @}, which makes a
	 * name look like an e-mail address.
	 */
	static boolean areOfOneScript(String name) {
		Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
		name.codePoints().filter((character) -> !isShared(character)).mapToObj(UnicodeScript::of).forEach(scripts::add);
		return name.indexOf('@') < 0
				&& name.codePoints().allMatch((character) -> isShared(character) || isText(character))
				&& (scripts.size() <= 1 || MIXED.stream().anyMatch((mixed) -> mixed.containsAll(scripts)));
	}

	private static boolean isInvisible(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				true;
			case Character.SPACE_SEPARATOR -> character != ' ';
			default -> isBlank(character) || isVariationSelector(character);
		};
	}

	/**
	 * Letters, marks and symbols without a glyph: the combining grapheme joiner, fillers
	 * of Hangul, inherent vowels of Khmer, and the empty Braille pattern.
	 */
	private static boolean isBlank(int character) {
		return switch (character) {
			case 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0 -> true;
			default -> false;
		};
	}

	private static boolean isVariationSelector(int character) {
		return (0x180b <= character && character <= 0x180f) || (0xfe00 <= character && character <= 0xfe0f)
				|| (0xe0100 <= character && character <= 0xe01ef);
	}

	private static boolean isShared(int character) {
		boolean asciiLetter = ('A' <= character && character <= 'Z') || ('a' <= character && character <= 'z');
		return (' ' <= character && character <= '~' && !asciiLetter) || SHARED.indexOf(character) >= 0;
	}

	/**
	 * Letters, digits and marks that belong to a script. Marks of no script can be put on
	 * any letter and change little of its look. Of the Latin letters, those for phonetics
	 * and clicks are no text.
	 */
	private static boolean isText(int character) {
		UnicodeScript script = UnicodeScript.of(character);
		if (script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED) {
			return false;
		}
		if (script == UnicodeScript.LATIN) {
			return Character.getType(character) != Character.OTHER_LETTER && LATIN.contains(UnicodeBlock.of(character));
		}
		return Character.isLetterOrDigit(character) || switch (Character.getType(character)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK,
					Character.LETTER_NUMBER ->
				true;
			default -> false;
		};
	}

}
