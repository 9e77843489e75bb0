package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The sentences of the pages, in Chinese unless the visitor asks for English.
 */
final class Words {

	private static final Words CHINESE = new Words("words_zh.properties");

	private static final Words ENGLISH = new Words("words_en.properties");

	private final Properties words = new Properties();

	private Words(String file) {
		try {
			this.words.load(new StringReader(Template.read(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Words of(@Nullable String acceptLanguage) {
		try {
			List<Locale.LanguageRange> ranges = Locale.LanguageRange
				.parse((acceptLanguage != null) ? acceptLanguage : "zh");
			Locale locale = Locale.lookup(ranges, List.of(Locale.CHINESE, Locale.ENGLISH));
			return Locale.ENGLISH.equals(locale) ? ENGLISH : CHINESE;
		}
		catch (IllegalArgumentException ex) {
			return CHINESE;
		}
	}

	/**
	 * A sentence, escaped for HTML together with the value that goes into it.
	 */
	String get(String name, String value) {
		return Html.escape(this.words.getProperty(name).replace("{0}", value));
	}

	String get(String name) {
		return get(name, "");
	}

}
