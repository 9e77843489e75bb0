package io.github.qqoauth2.readme;

import java.nio.file.Path;
import java.util.List;

/**
 * A fenced block of a document.
 *
 * @param document the document's path
 * @param line the number of its first line there
 * @param kind the kind in its marker; empty without a marker
 * @param target the file in its marker; empty without a marker
 * @param language the language of the fence, which may be empty
 * @param lines its lines
 */
record Snippet(Path document, int line, String kind, String target, String language, List<String> lines) {

	String text() {
		return String.join("\n", this.lines) + "\n";
	}

	/**
	 * Returns kind, file, language and text, which do not depend on the language of the
	 * document.
	 */
	String content() {
		return this.kind + ": " + this.target + " (" + this.language + ")\n" + text();
	}

	/**
	 * Returns the file in the marker with this block as its content.
	 */
	SourceFile file() {
		return new SourceFile(Path.of(this.target), text(), this, 0);
	}

	/**
	 * Returns a file with this block between other lines.
	 */
	SourceFile file(String path, String before, String after) {
		return new SourceFile(Path.of(path), before + text() + after, this, (int) before.lines().count());
	}

}
