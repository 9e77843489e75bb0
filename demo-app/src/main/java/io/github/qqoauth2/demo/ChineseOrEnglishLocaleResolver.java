package io.github.qqoauth2.demo;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/**
 * Resolves to Chinese if the browser prefers any Chinese locale, otherwise to English, so
 * that dates and messages of a page share one language.
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
