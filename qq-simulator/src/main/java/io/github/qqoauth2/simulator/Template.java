package io.github.qqoauth2.simulator;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with places of the form {@code {{name}}}. Values go in as they are: whoever
 * fills a template escapes them.
 */
final class Template {

	private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z0-9-]+)}}");

	private final String text;

	private Template(String text) {
		this.text = text;
	}

	static Template load(String name) {
		return new Template(read(name));
	}

	static String read(String name) {
		try (InputStream file = Template.class.getResourceAsStream(name)) {
			if (file == null) {
				throw new FileNotFoundException(name);
			}
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String fill(Map<String, String> values) {
		return PLACE.matcher(this.text).replaceAll((place) -> Matcher.quoteReplacement(value(place, values)));
	}

	private static String value(MatchResult place, Map<String, String> values) {
		String value = values.get(place.group(1));
		if (value == null) {
			throw new IllegalArgumentException("No value for " + place.group(1));
		}
		return value;
	}

}
