package io.github.qqoauth2.demo.book;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A reader's note on a book.
 *
 * @param id the row id, {@code null} before the note is saved
 * @param account the username of the reader; notes are private
 * @param bookId the id of the book
 * @param text the note
 * @param createdAt the time of creation in the time zone of the shop
 */
@Table
record Note(@Id @Nullable Long id, String account, long bookId, String text, OffsetDateTime createdAt) {

}
