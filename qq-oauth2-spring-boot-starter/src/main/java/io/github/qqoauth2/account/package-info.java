/**
 * The application's accounts as QQ login sees them: which QQ is bound to which account,
 * how an account is loaded, and the principal that a QQ login ends with.
 */
@NullMarked
package io.github.qqoauth2.account;

import org.jspecify.annotations.NullMarked;
