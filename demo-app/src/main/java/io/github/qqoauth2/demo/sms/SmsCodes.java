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
 * Codes of six digits sent by SMS. A code is for one purpose and one number, valid for
 * five minutes, five attempts and one use; the next one is sent after a minute at the
 * earliest. Codes are stored encoded by the password encoder, so that guessing one takes
 * longer than it is valid.
 */
@Component
public final class SmsCodes {

	static final Duration RESEND_AFTER = Duration.ofSeconds(60);

	static final Duration VALIDITY = Duration.ofMinutes(5);

	static final int MAX_ATTEMPTS = 5;

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
	 * @param purpose the purpose of the code
	 * @param mobile the mobile number
	 * @param deliver whether to deliver the message; if {@code false}, everything else is
	 * done as usual, so that time and result do not differ
	 * @param locale the language of the message
	 * @return whether a code was sent; {@code false} if the last one is too recent
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
	 * There is one row per purpose and number. Of concurrent calls its key lets one
	 * succeed.
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
	 * Returns the time until the next code can be sent.
	 * @param purpose the purpose of the code
	 * @param mobile the mobile number
	 * @return the time in seconds, 0 if a code can be sent now
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
	 * Checks a code and uses it up if it is correct. The attempt is counted in its own
	 * transaction, so that it counts even if the caller's transaction is rolled back; the
	 * use is part of the caller's transaction.
	 * @param purpose the purpose of the code
	 * @param mobile the mobile number that the code was sent to
	 * @param code the submitted code
	 * @return the result of the check
	 */
	public Result use(SmsPurpose purpose, String mobile, String code) {
		String hash = this.ownTransaction.execute((status) -> count(purpose, mobile));
		Result result = check(purpose, mobile, code, (hash != null) ? hash : "");
		if (result != Result.CORRECT) {
			this.events.publishEvent(new SmsCodeRejectedEvent(purpose));
		}
		return result;
	}

	private String count(SmsPurpose purpose, String mobile) {
		int counted = this.jdbc
			.sql("update sms_code set tries = tries + 1 where purpose = ? and mobile = ? and tries < ? and sent_at > ?")
			.params(purpose.name(), mobile, MAX_ATTEMPTS, this.clock.millis() - VALIDITY.toMillis())
			.update();
		return (counted == 0) ? ""
				: this.jdbc.sql("select code_hash from sms_code where purpose = ? and mobile = ?")
					.params(purpose.name(), mobile)
					.query(String.class)
					.single();
	}

	private Result check(SmsPurpose purpose, String mobile, String code, String hash) {
		if (hash.isEmpty()) {
			return Result.EXPIRED;
		}
		if (!this.encoder.matches(code, hash)) {
			return Result.WRONG;
		}
		int used = this.jdbc.sql("delete from sms_code where purpose = ? and mobile = ? and code_hash = ?")
			.params(purpose.name(), mobile, hash)
			.update();
		return (used == 1) ? Result.CORRECT : Result.EXPIRED;
	}

	/**
	 * The result of a check.
	 */
	public enum Result {

		/** The code is correct and used up. */
		CORRECT,

		/** The code is wrong. */
		WRONG,

		/** There is no valid code: it expired, was used or had too many attempts. */
		EXPIRED

	}

}
