/**
 * Tests of bindings, their store and tokens.
 */
@NullMarked
package io.github.qqoauth2.account;

import org.jspecify.annotations.NullMarked;
