package io.github.qqoauth2.demo.sms;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.demo.outbox.Outbox;

/**
 * Six digits by SMS, for one purpose and one number: good for five minutes, five tries
 * and one use, and sent again after a minute at the earliest. Kept as the password
 * encoder makes them, which takes longer to guess than they are good for.
 */
@Component
public final class SmsCodes {

	static final Duration RESEND_AFTER = Duration.ofSeconds(60);

	static final Duration GOOD_FOR = Duration.ofMinutes(5);

	static final int TRIES = 5;

	private final SecureRandom random = new SecureRandom();

	private final JdbcClient jdbc;

	private final PasswordEncoder encoder;

	private final Outbox outbox;

	private final MessageSource messages;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate ownTransaction;

	private final Clock clock;

	SmsCodes(JdbcClient jdbc, PasswordEncoder encoder, Outbox outbox, MessageSource messages,
			ApplicationEventPublisher events, PlatformTransactionManager transactions, Clock clock) {
		this.jdbc = jdbc;
		this.encoder = encoder;
		this.outbox = outbox;
		this.messages = messages;
		this.events = events;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.clock = clock;
	}

	/**
	 * Sends a code, unless one was sent less than a minute ago.
	 * @param purpose what it is for
	 * @param mobile the number
	 * @param deliver whether the message goes out; without it everything takes the same
	 * time and looks the same
	 * @param locale the language of the message
	 * @return whether it was sent; otherwise the visitor waits
	 */
	public boolean send(SmsPurpose purpose, String mobile, boolean deliver, Locale locale) {
		String code = "%06d".formatted(this.random.nextInt(1_000_000));
		if (!keep(purpose, mobile, Objects.requireNonNull(this.encoder.encode(code)))) {
			return false;
		}
		if (deliver) {
			this.outbox.sms(mobile, this.messages.getMessage("sms." + purpose.name().toLowerCase(Locale.ROOT),
					new Object[] { code }, locale));
		}
		return true;
	}

	/**
	 * One row for each purpose and number; its key decides between two at once.
	 */
	private boolean keep(SmsPurpose purpose, String mobile, String hash) {
		long now = this.clock.millis();
		int updated = this.jdbc.sql("""
				update sms_code set code_hash = :hash, sent_at = :now, tries = 0
				where purpose = :purpose and mobile = :mobile and sent_at <= :before
				""")
			.param("hash", hash)
			.param("now", now)
			.param("purpose", purpose.name())
			.param("mobile", mobile)
			.param("before", now - RESEND_AFTER.toMillis())
			.update();
		return updated == 1 || insert(purpose, mobile, hash, now);
	}

	private boolean insert(SmsPurpose purpose, String mobile, String hash, long now) {
		try {
			this.jdbc.sql("insert into sms_code (purpose, mobile, code_hash, sent_at, tries) values (?, ?, ?, ?, 0)")
				.params(purpose.name(), mobile, hash, now)
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	/**
	 * How long a visitor has to wait for the next code.
	 * @param purpose what it is for
	 * @param mobile the number
	 * @return seconds, 0 where none was sent or long ago
	 */
	public long secondsToWait(SmsPurpose purpose, String mobile) {
		return this.jdbc.sql("select sent_at from sms_code where purpose = ? and mobile = ?")
			.params(purpose.name(), mobile)
			.query(Long.class)
			.optional()
			.map((sentAt) -> sentAt + RESEND_AFTER.toMillis() - this.clock.millis())
			.map((millis) -> Math.max(0, (millis + 999) / 1000))
			.orElse(0L);
	}

	/**
	 * Uses a code up. The try is counted even where the caller's transaction is undone;
	 * the use is part of it.
	 * @param purpose what it was sent for
	 * @param mobile the number that it was sent to
	 * @param code what was typed
	 * @return whether it was right
	 */
	public Check use(SmsPurpose purpose, String mobile, String code) {
		String hash = this.ownTransaction.execute((status) -> count(purpose, mobile));
		Check check = check(purpose, mobile, code, (hash != null) ? hash : "");
		if (check != Check.RIGHT) {
			this.events.publishEvent(new SmsCodeRefused(purpose));
		}
		return check;
	}

	private String count(SmsPurpose purpose, String mobile) {
		int counted = this.jdbc
			.sql("update sms_code set tries = tries + 1 where purpose = ? and mobile = ? and tries < ? and sent_at > ?")
			.params(purpose.name(), mobile, TRIES, this.clock.millis() - GOOD_FOR.toMillis())
			.update();
		return (counted == 0) ? ""
				: this.jdbc.sql("select code_hash from sms_code where purpose = ? and mobile = ?")
					.params(purpose.name(), mobile)
					.query(String.class)
					.single();
	}

	private Check check(SmsPurpose purpose, String mobile, String code, String hash) {
		if (hash.isEmpty()) {
			return Check.EXPIRED;
		}
		if (!this.encoder.matches(code, hash)) {
			return Check.WRONG;
		}
		int used = this.jdbc.sql("delete from sms_code where purpose = ? and mobile = ? and code_hash = ?")
			.params(purpose.name(), mobile, hash)
			.update();
		return (used == 1) ? Check.RIGHT : Check.EXPIRED;
	}

	/**
	 * What became of a code.
	 */
	public enum Check {

		/** It was right, and is used up. */
		RIGHT,

		/** It was not the one that was sent. */
		WRONG,

		/** There is none that is still good: too old, used, or tried too often. */
		EXPIRED

	}

}
