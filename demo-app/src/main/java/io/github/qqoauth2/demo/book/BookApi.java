package io.github.qqoauth2.demo.book;

import java.util.List;
import java.util.Locale;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The books for the single page, in the language of the visitor.
 */
@RestController
final class BookApi {

	private final BookRepository books;

	BookApi(BookRepository books) {
		this.books = books;
	}

	@GetMapping("/app/api/books")
	ResponseEntity<List<BookText>> books(Locale locale) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noCache())
			.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
			.body(this.books.findAllByOrderById().stream().map((book) -> book.in(locale)).toList());
	}

}
