package io.github.qqoauth2.demo.sms;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.lang.Contract;
import org.springframework.stereotype.Component;

/**
 * Handles requests for a code from forms with and without JavaScript.
 */
@Component
public final class SmsCodeSender {

	private static final Pattern MOBILE = Pattern.compile("1[3-9][0-9]{9}");

	private final SmsCodes codes;

	private final MessageSource messages;

	SmsCodeSender(SmsCodes codes, MessageSource messages) {
		this.codes = codes;
		this.messages = messages;
	}

	/**
	 * Sends a code if the number is valid and no code was sent less than a minute ago.
	 * @param purpose the purpose of the code
	 * @param mobile the mobile number as submitted
	 * @param deliver whether to deliver the message
	 * @param locale the visitor's language
	 * @return the result to display
	 */
	public SmsCodeResponse send(SmsPurpose purpose, @Nullable String mobile, boolean deliver, Locale locale) {
		if (!isMobile(mobile)) {
			return new SmsCodeResponse(false, 0, text("qq.oauth2.register.mobile.invalid", locale));
		}
		boolean sent = this.codes.send(purpose, mobile, deliver, locale);
		long seconds = this.codes.secondsToWait(purpose, mobile);
		return new SmsCodeResponse(sent, seconds, text(sent ? "sms.sent" : "sms.too-soon", locale, seconds));
	}

	/**
	 * Returns the time until the next code can be requested.
	 * @param purpose the purpose of the code
	 * @param mobile the mobile number as submitted
	 * @return the time in seconds, 0 if a code can be requested now or the number is
	 * invalid
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
