package io.github.qqoauth2.demo.outbox;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A message that a real shop would have sent.
 *
 * @param kind the kind of message
 * @param recipient the mobile number or e-mail address
 * @param text the text
 * @param link the link in a mail
 * @param sentAt the time of sending
 */
public record OutboxMessage(Kind kind, String recipient, String text, @Nullable String link, OffsetDateTime sentAt) {

	/**
	 * Omits the text and the recipient.
	 */
	@Override
	public String toString() {
		return "OutboxMessage[kind=" + this.kind + "]";
	}

	/**
	 * The kind of message.
	 */
	public enum Kind {

		/** A text message. */
		SMS,

		/** An e-mail. */
		MAIL

	}

}
