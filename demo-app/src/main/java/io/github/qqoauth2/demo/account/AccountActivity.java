package io.github.qqoauth2.demo.account;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * Something that happened between an account and a QQ.
 *
 * @param id the row's number, {@code null} before it is saved
 * @param account the account's key, which may be gone by now
 * @param kind what happened, a name of {@code QqAccountEvent.Kind}
 * @param otherAccount the other account of a move
 * @param reason why something was refused
 * @param happenedAt when
 */
@Table
record AccountActivity(@Id @Nullable Long id, String account, String kind, @Nullable String otherAccount,
		@Nullable String reason, OffsetDateTime happenedAt) {

}
