package io.github.qqoauth2.demo.book;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What a reader noted about a book.
 *
 * @param id the row's number, {@code null} before it is saved
 * @param account the reader, who alone sees it
 * @param bookId the book
 * @param text the note
 * @param createdAt when it was written, in the zone of the shop
 */
@Table
record Note(@Id @Nullable Long id, String account, long bookId, String text, OffsetDateTime createdAt) {

}
