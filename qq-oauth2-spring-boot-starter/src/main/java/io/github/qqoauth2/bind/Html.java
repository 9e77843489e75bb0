package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A fragment of a page. All text that is added to it is escaped.
 */
final class Html {

	private final StringBuilder html = new StringBuilder();

	/**
	 * Adds markup in which each {@code {}} is replaced by the next value, escaped. Values
	 * of type {@link Html} are inserted unchanged.
	 */
	Html add(String markup, Object... values) {
		int from = 0;
		for (Object value : values) {
			int placeholder = markup.indexOf("{}", from);
			this.html.append(markup, from, placeholder)
				.append((value instanceof Html fragment) ? fragment.toString() : escape(value));
			from = placeholder + 2;
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
