package io.github.qqoauth2.demo.book;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A book on a reading list.
 *
 * @param id the row id, {@code null} before the entry is saved
 * @param account the username of the reader
 * @param bookId the id of the book
 * @param addedAt the time of adding
 */
@Table
record ReadingListEntry(@Id @Nullable Long id, String account, long bookId, OffsetDateTime addedAt) {

}
