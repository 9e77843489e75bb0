package io.github.qqoauth2.demo.account;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A logged event of an account and its QQ identity.
 *
 * @param id the row id, {@code null} before the event is saved
 * @param account the account's key; the account may no longer exist
 * @param kind the name of the {@code QqAccountEvent.Kind}
 * @param otherAccount the other account of a move
 * @param reason the reason of a rejection
 * @param happenedAt the time of the event
 */
@Table
record AccountActivity(@Id @Nullable Long id, String account, String kind, @Nullable String otherAccount,
		@Nullable String reason, OffsetDateTime happenedAt) {

}
