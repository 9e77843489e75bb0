package io.github.qqoauth2.demo.book;

import java.security.Principal;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/**
 * The public pages.
 */
@Controller
final class BookController {

	private final BookRepository books;

	private final NoteRepository notes;

	private final ReadingListRepository readingList;

	BookController(BookRepository books, NoteRepository notes, ReadingListRepository readingList) {
		this.books = books;
		this.notes = notes;
		this.readingList = readingList;
	}

	@GetMapping("/")
	String home(Locale locale, Model model) {
		model.addAttribute("books", this.books.findAllByOrderById().stream().map((book) -> book.in(locale)).toList());
		return "home";
	}

	@GetMapping("/books/{id}")
	String book(@PathVariable long id, @Nullable Principal reader, Locale locale, Model model) {
		model.addAttribute("form", new NoteForm(null));
		return page(id, reader, locale, model);
	}

	String page(long id, @Nullable Principal reader, Locale locale, Model model) {
		Book book = this.books.findById(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		String account = (reader != null) ? reader.getName() : null;
		model.addAttribute("book", book.in(locale));
		model.addAttribute("listed", account != null && this.readingList.existsByAccountAndBookId(account, id));
		model.addAttribute("notes",
				(account != null) ? this.notes.findByAccountAndBookIdOrderByIdDesc(account, id) : List.of());
		model.addAttribute("maxLength", NoteForm.MAX_LENGTH);
		return "book";
	}

}
