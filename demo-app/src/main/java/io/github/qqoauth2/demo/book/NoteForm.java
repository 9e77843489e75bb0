package io.github.qqoauth2.demo.book;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A note as it was typed.
 *
 * @param text the note; a browser counts a line's end as one character and sends two
 */
record NoteForm(@NotBlank(message = "{note.blank}") @Size(max = MAX_LENGTH,
		message = "{note.too-long}") @Nullable String text) {

	static final int MAX_LENGTH = 1000;

	NoteForm {
		text = (text != null) ? text.replace("\r\n", "\n").strip() : null;
	}

}
