/**
 * Onepage: a small bookshop whose visitors log in by password or with QQ.
 */
@NullMarked
package io.github.qqoauth2.demo;

import org.jspecify.annotations.NullMarked;
