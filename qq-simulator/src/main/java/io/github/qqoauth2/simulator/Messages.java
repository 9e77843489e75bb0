package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The messages of the pages, in English if the visitor prefers it over Chinese, otherwise
 * in Chinese.
 */
final class Messages {

	private static final Messages CHINESE = new Messages("messages_zh.properties");

	private static final Messages ENGLISH = new Messages("messages_en.properties");

	private final Properties messages = new Properties();

	private Messages(String file) {
		try {
			this.messages.load(new StringReader(Template.read(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Messages of(@Nullable String acceptLanguage) {
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
	 * Returns a message with its argument, both escaped for HTML.
	 */
	String get(String name, String value) {
		return Html.escape(this.messages.getProperty(name).replace("{0}", value));
	}

	String get(String name) {
		return get(name, "");
	}

}
