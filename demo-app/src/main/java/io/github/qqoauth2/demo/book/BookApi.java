package io.github.qqoauth2.demo.book;

import java.security.Principal;
import java.util.List;
import java.util.Locale;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Books and reading lists for the single-page app.
 */
@RestController
final class BookApi {

	private final BookRepository books;

	private final ShelfController shelf;

	BookApi(BookRepository books, ShelfController shelf) {
		this.books = books;
		this.shelf = shelf;
	}

	@GetMapping("/app/api/books")
	ResponseEntity<List<BookText>> books(Locale locale) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noCache())
			.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
			.body(this.books.findAllByOrderById().stream().map((book) -> book.in(locale)).toList());
	}

	@GetMapping(path = "/shelf", produces = MediaType.APPLICATION_JSON_VALUE)
	List<Long> list(Principal reader) {
		return this.books.findReadingList(reader.getName()).stream().map(Book::id).toList();
	}

	@PostMapping(path = "/books/{id}/list", consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void choose(@PathVariable long id, @RequestBody Choice choice, Principal reader) {
		if (choice.listed()) {
			this.shelf.add(id, reader);
		}
		else {
			this.shelf.remove(id, reader);
		}
	}

	/**
	 * The request body.
	 *
	 * @param listed whether to put the book on the list or to remove it
	 */
	record Choice(boolean listed) {

	}

}
