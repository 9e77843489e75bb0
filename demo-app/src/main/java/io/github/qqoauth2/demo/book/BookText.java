package io.github.qqoauth2.demo.book;

/**
 * A book in the visitor's language.
 *
 * @param id the book's id
 * @param title the title
 * @param author the author
 * @param summary the summary
 * @param tone the colour of its cover
 */
record BookText(long id, String title, String author, String summary, String tone) {

}
