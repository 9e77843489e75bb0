package io.github.qqoauth2.demo.book;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A book that a reader wants to read.
 *
 * @param id the row's number, {@code null} before it is saved
 * @param account the reader
 * @param bookId the book
 * @param addedAt since when it is on the list
 */
@Table
record ReadingListEntry(@Id @Nullable Long id, String account, long bookId, OffsetDateTime addedAt) {

}
