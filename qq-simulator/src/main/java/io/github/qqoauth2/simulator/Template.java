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
 * A file with placeholders of the form {@code {{name}}}. Values are inserted unchanged,
 * so the caller must escape them.
 */
final class Template {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z0-9-]+)}}");

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
		return PLACEHOLDER.matcher(this.text)
			.replaceAll((placeholder) -> Matcher.quoteReplacement(value(placeholder, values)));
	}

	private static String value(MatchResult placeholder, Map<String, String> values) {
		String value = values.get(placeholder.group(1));
		if (value == null) {
			throw new IllegalArgumentException("No value for " + placeholder.group(1));
		}
		return value;
	}

}
