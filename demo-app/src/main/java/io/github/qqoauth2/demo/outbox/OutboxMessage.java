package io.github.qqoauth2.demo.outbox;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A message that a real shop would have sent.
 *
 * @param kind how it would have travelled
 * @param recipient the number or the address
 * @param text the message
 * @param link the address that a mail leads to
 * @param sentAt when
 */
public record OutboxMessage(Kind kind, String recipient, String text, @Nullable String link, OffsetDateTime sentAt) {

	/**
	 * Shows neither the message nor whom it is for.
	 */
	@Override
	public String toString() {
		return "OutboxMessage[kind=" + this.kind + "]";
	}

	/**
	 * How a message travels.
	 */
	public enum Kind {

		/** To a phone. */
		SMS,

		/** To an e-mail address. */
		MAIL

	}

}
