package io.github.qqoauth2.demo.sms;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.lang.Contract;
import org.springframework.stereotype.Component;

/**
 * Answers whoever asks for a code in a form, with script and without.
 */
@Component
public final class SmsDesk {

	private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");

	private final SmsCodes codes;

	private final MessageSource messages;

	SmsDesk(SmsCodes codes, MessageSource messages) {
		this.codes = codes;
		this.messages = messages;
	}

	/**
	 * Sends a code where that may be.
	 * @param purpose what it is for
	 * @param mobile the number as typed
	 * @param deliver whether the message goes out
	 * @param locale the visitor's language
	 * @return what to tell
	 */
	public SmsAnswer ask(SmsPurpose purpose, @Nullable String mobile, boolean deliver, Locale locale) {
		if (!isMobile(mobile)) {
			return new SmsAnswer(false, 0, text("qq.oauth2.register.mobile.invalid", locale));
		}
		boolean sent = this.codes.send(purpose, mobile, deliver, locale);
		long seconds = this.codes.secondsToWait(purpose, mobile);
		return new SmsAnswer(sent, seconds, text(sent ? "sms.sent" : "sms.too-soon", locale, seconds));
	}

	/**
	 * How long the visitor who typed a number has to wait for the next code.
	 * @param purpose what it is for
	 * @param mobile the number as typed
	 * @return seconds
	 */
	public long secondsToWait(SmsPurpose purpose, @Nullable String mobile) {
		return isMobile(mobile) ? this.codes.secondsToWait(purpose, mobile) : 0;
	}

	@Contract("null -> false")
	private static boolean isMobile(@Nullable String mobile) {
		return mobile != null && MOBILE.matcher(mobile).matches();
	}

	private String text(String key, Locale locale, Object... arguments) {
		return this.messages.getMessage(key, arguments, locale);
	}

}
