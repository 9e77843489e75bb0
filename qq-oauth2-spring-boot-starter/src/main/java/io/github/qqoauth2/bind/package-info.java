/**
 * The browser's side of a QQ login: the way to QQ and back inside Spring Security's
 * {@code oauth2Login}, the identity that waits for an account, the pages, and the one
 * decision that writes a binding.
 */
@NullMarked
package io.github.qqoauth2.bind;

import org.jspecify.annotations.NullMarked;
