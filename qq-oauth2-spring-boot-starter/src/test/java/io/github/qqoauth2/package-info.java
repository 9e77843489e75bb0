/**
 * Tests of the house as a whole.
 */
@NullMarked
package io.github.qqoauth2;

import org.jspecify.annotations.NullMarked;
