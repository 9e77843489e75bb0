package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A piece of a page. Text enters it escaped and in no other way.
 */
final class Html {

	private final StringBuilder html = new StringBuilder();

	/**
	 * Adds markup in which each {@code {}} is replaced by the next value, escaped. Values
	 * that are {@link Html} already go in as they are.
	 */
	Html add(String markup, Object... values) {
		int from = 0;
		for (Object value : values) {
			int place = markup.indexOf("{}", from);
			this.html.append(markup, from, place)
				.append((value instanceof Html part) ? part.toString() : escape(value));
			from = place + 2;
		}
		this.html.append(markup, from, markup.length());
		return this;
	}

	Html addIf(boolean condition, String markup, Object... values) {
		return condition ? add(markup, values) : this;
	}

	static Html hidden(@Nullable String name, @Nullable String value) {
		Html field = new Html();
		return (name != null && value != null)
				? field.add("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", name, value) : field;
	}

	private static String escape(Object value) {
		return HtmlUtils.htmlEscape(value.toString(), "UTF-8");
	}

	@Override
	public String toString() {
		return this.html.toString();
	}

}
