package io.github.qqoauth2.demo;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/**
 * Chinese for browsers whose first wish is any Chinese, English for all others; so that
 * dates and sentences of one page are in one language.
 */
final class ChineseOrEnglishLocaleResolver extends AcceptHeaderLocaleResolver {

	ChineseOrEnglishLocaleResolver() {
		setDefaultLocale(Locale.ENGLISH);
	}

	@Override
	public Locale resolveLocale(HttpServletRequest request) {
		boolean chinese = Locale.CHINESE.getLanguage().equals(super.resolveLocale(request).getLanguage());
		return chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
	}

}
