/**
 * Books, reading lists and notes.
 */
@NullMarked
package io.github.qqoauth2.demo.book;

import org.jspecify.annotations.NullMarked;
