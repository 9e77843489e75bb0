package io.github.qqoauth2.demo.book;

import java.security.Principal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * A reader's notes on a book.
 */
@Controller
final class NoteController {

	private final BookController books;

	private final NoteRepository notes;

	private final Clock clock;

	NoteController(BookController books, NoteRepository notes, Clock clock) {
		this.books = books;
		this.notes = notes;
		this.clock = clock;
	}

	/**
	 * Target of "sign in to take notes". It requires a login, so that Spring Security
	 * saves the request and returns to the notes afterwards.
	 */
	@GetMapping("/books/{id}/notes")
	String notes(@PathVariable long id) {
		return "redirect:/books/" + id + "#notes";
	}

	@PostMapping("/books/{id}/notes")
	String add(@PathVariable long id, @Valid @ModelAttribute("form") NoteForm form, BindingResult errors,
			Principal reader, Locale locale, Model model, HttpServletResponse response) {
		String page = this.books.page(id, reader, locale, model);
		if (errors.hasErrors()) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			return page;
		}
		this.notes.save(new Note(null, reader.getName(), id, Objects.requireNonNull(form.text()),
				OffsetDateTime.now(this.clock)));
		return notes(id);
	}

	@PostMapping("/books/{id}/notes/{note}/delete")
	String delete(@PathVariable long id, @PathVariable long note, Principal reader) {
		if (this.notes.remove(note, id, reader.getName()) == 0) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		return notes(id);
	}

}
