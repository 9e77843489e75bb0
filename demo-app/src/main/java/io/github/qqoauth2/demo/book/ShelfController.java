package io.github.qqoauth2.demo.book;

import java.security.Principal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * The shelf: a reader's reading list and notes.
 */
@Controller
final class ShelfController {

	private final BookRepository books;

	private final NoteRepository notes;

	private final ReadingListRepository readingList;

	private final Clock clock;

	ShelfController(BookRepository books, NoteRepository notes, ReadingListRepository readingList, Clock clock) {
		this.books = books;
		this.notes = notes;
		this.readingList = readingList;
		this.clock = clock;
	}

	@GetMapping("/shelf")
	String shelf(Principal reader, Locale locale, Model model) {
		Map<Long, BookText> books = this.books.findAll()
			.stream()
			.map((book) -> book.in(locale))
			.collect(Collectors.toMap(BookText::id, Function.identity()));
		model.addAttribute("books", books);
		model.addAttribute("list",
				this.books.findReadingList(reader.getName()).stream().map((book) -> book.in(locale)).toList());
		model.addAttribute("notes", this.notes.findByAccountOrderByIdDesc(reader.getName()));
		return "shelf";
	}

	/**
	 * Adding a book again has no effect, also when a double click sends concurrent
	 * requests.
	 */
	@PostMapping("/books/{id}/list")
	String add(@PathVariable long id, Principal reader) {
		if (!this.books.existsById(id)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		try {
			this.readingList.save(new ReadingListEntry(null, reader.getName(), id, OffsetDateTime.now(this.clock)));
		}
		catch (DuplicateKeyException ex) {
			return "redirect:/books/" + id;
		}
		return "redirect:/books/" + id;
	}

	@PostMapping("/books/{id}/list/remove")
	String remove(@PathVariable long id, Principal reader) {
		this.readingList.remove(reader.getName(), id);
		return "redirect:/books/" + id;
	}

}
