/**
 * The documents, taken at their word.
 */
@NullMarked
package io.github.qqoauth2.readme;

import org.jspecify.annotations.NullMarked;
