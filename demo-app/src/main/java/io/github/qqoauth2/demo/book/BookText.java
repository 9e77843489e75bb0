package io.github.qqoauth2.demo.book;

/**
 * A book in the language of a visitor.
 *
 * @param id the book's number
 * @param title the title
 * @param author the author
 * @param summary what it is about
 * @param tone the colour of its cover
 */
record BookText(long id, String title, String author, String summary, String tone) {

}
