package io.github.qqoauth2.readme;

import java.nio.file.Path;

/**
 * A file of a generated application.
 *
 * @param path its path, relative to the application
 * @param text its content
 * @param origin the snippet that it contains
 * @param offset the number of lines before those of the snippet
 */
record SourceFile(Path path, String text, Snippet origin, int offset) {

	boolean isIn(String directory) {
		return this.path.startsWith(directory);
	}

	SourceFile replace(String found, String replacement) {
		if (!this.text.contains(found)) {
			throw new AssertionError(this.path + " does not contain: " + found);
		}
		return new SourceFile(this.path, this.text.replace(found, replacement), this.origin, this.offset);
	}

	/**
	 * Returns the document and the line from which a line of this file originates.
	 */
	String place(long line) {
		return this.origin.document() + ":" + (this.origin.line() + line - 1 - this.offset);
	}

}
