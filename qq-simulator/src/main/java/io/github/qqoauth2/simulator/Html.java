package io.github.qqoauth2.simulator;

/**
 * Makes text fit for HTML, between tags and in quoted attributes.
 */
final class Html {

	private Html() {
	}

	static String escape(String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
