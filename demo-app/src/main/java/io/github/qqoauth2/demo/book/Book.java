package io.github.qqoauth2.demo.book;

import java.util.Locale;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A book in both languages.
 *
 * @param id the book's id
 * @param titleZh the title in Chinese
 * @param titleEn the title in English
 * @param authorZh the author in Chinese
 * @param authorEn the author in English
 * @param summaryZh the summary in Chinese
 * @param summaryEn the summary in English
 * @param tone the colour of its cover
 */
@Table
record Book(@Id long id, String titleZh, String titleEn, String authorZh, String authorEn, String summaryZh,
		String summaryEn, String tone) {

	BookText in(Locale locale) {
		return Locale.CHINESE.getLanguage().equals(locale.getLanguage())
				? new BookText(this.id, this.titleZh, this.authorZh, this.summaryZh, this.tone)
				: new BookText(this.id, this.titleEn, this.authorEn, this.summaryEn, this.tone);
	}

}
