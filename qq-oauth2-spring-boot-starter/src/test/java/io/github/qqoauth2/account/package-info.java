/**
 * Tests of bindings, their store and the principal.
 */
@NullMarked
package io.github.qqoauth2.account;

import org.jspecify.annotations.NullMarked;
