/**
 * Tests of single parts of the browser's side.
 */
@NullMarked
package io.github.qqoauth2.bind;

import org.jspecify.annotations.NullMarked;
