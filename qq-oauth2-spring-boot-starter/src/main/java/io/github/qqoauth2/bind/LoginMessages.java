package io.github.qqoauth2.bind;

import java.util.Locale;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * The messages that visitors read, in Chinese or English. The application's
 * {@code MessageSource} is asked first, so that it can replace each of them.
 */
final class LoginMessages {

	private final MessageSource application;

	private final MessageSource bundle;

	private final Function<HttpServletRequest, Locale> locales;

	LoginMessages(MessageSource application, Function<HttpServletRequest, Locale> locales) {
		this.application = application;
		this.bundle = bundle();
		this.locales = locales;
	}

	private static MessageSource bundle() {
		ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();
		bundle.setBundleClassLoader(LoginMessages.class.getClassLoader());
		bundle.setBasename("io.github.qqoauth2.bind.messages");
		bundle.setDefaultEncoding("UTF-8");
		bundle.setFallbackToSystemLocale(false);
		return bundle;
	}

	Localized in(HttpServletRequest request) {
		return in(this.locales.apply(request));
	}

	Localized in(Locale locale) {
		boolean chinese = Locale.CHINESE.getLanguage().equals(locale.getLanguage());
		return new Localized(chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH);
	}

	/**
	 * The messages in one language.
	 */
	final class Localized {

		private final Locale locale;

		Localized(Locale locale) {
			this.locale = locale;
		}

		Locale locale() {
			return this.locale;
		}

		String text(String key, Object... arguments) {
			String text = textOrNull(key, arguments);
			return (text != null) ? text
					: LoginMessages.this.bundle.getMessage("qq.oauth2." + key, arguments, this.locale);
		}

		@Nullable String textOrNull(String key, Object... arguments) {
			String code = "qq.oauth2." + key;
			String own = LoginMessages.this.application.getMessage(code, arguments, null, this.locale);
			return (own != null) ? own : LoginMessages.this.bundle.getMessage(code, arguments, null, this.locale);
		}

		String sentence(LoginError error, @Nullable Integer qqCode) {
			String key = "error." + error.messageKey();
			return (error == LoginError.MISCONFIGURED && qqCode != null) ? text(key + ".number", qqCode.toString())
					: text(key);
		}

	}

}
