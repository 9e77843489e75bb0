package io.github.qqoauth2.demo.book;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The form of a note.
 *
 * @param text the note; line breaks are normalized, because a browser counts one as a
 * single character but submits two
 */
record NoteForm(@NotBlank(message = "{note.blank}") @Size(max = MAX_LENGTH,
		message = "{note.too-long}") @Nullable String text) {

	static final int MAX_LENGTH = 1000;

	NoteForm {
		text = (text != null) ? text.replace("\r\n", "\n").strip() : null;
	}

}
