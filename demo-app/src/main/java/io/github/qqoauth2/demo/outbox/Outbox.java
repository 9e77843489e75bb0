package io.github.qqoauth2.demo.outbox;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * Replaces an SMS provider and a mail server: keeps the latest messages and displays them
 * on a page. They are kept in memory only, because the database holds codes and links as
 * hashes.
 */
@Component
public final class Outbox {

	private static final int MAX_MESSAGES = 50;

	private final Deque<OutboxMessage> messages = new ArrayDeque<>();

	private final Clock clock;

	Outbox(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Sends a text message.
	 * @param mobile the mobile number
	 * @param text the message
	 */
	public void sms(String mobile, String text) {
		keep(new OutboxMessage(OutboxMessage.Kind.SMS, mobile, text, null, OffsetDateTime.now(this.clock)));
	}

	/**
	 * Sends a mail.
	 * @param address the e-mail address
	 * @param text the message
	 * @param link the link in the mail
	 */
	public void mail(String address, String text, String link) {
		keep(new OutboxMessage(OutboxMessage.Kind.MAIL, address, text, link, OffsetDateTime.now(this.clock)));
	}

	private synchronized void keep(OutboxMessage message) {
		this.messages.addFirst(message);
		if (this.messages.size() > MAX_MESSAGES) {
			this.messages.removeLast();
		}
	}

	/**
	 * Returns the messages that were sent.
	 * @return the messages, latest first
	 */
	public synchronized List<OutboxMessage> messages() {
		return List.copyOf(this.messages);
	}

	/**
	 * Removes all messages.
	 */
	public synchronized void clear() {
		this.messages.clear();
	}

}
