package io.github.qqoauth2.readme;

import java.nio.file.Path;

/**
 * A file of a generated application.
 *
 * @param path relative to the application
 * @param text what it holds
 * @param origin the block that it was made of
 * @param offset how many lines stand before those of the block
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
	 * Where a line of this file stands in its document.
	 */
	String place(long line) {
		return this.origin.document() + ":" + (this.origin.line() + line - 1 - this.offset);
	}

}
