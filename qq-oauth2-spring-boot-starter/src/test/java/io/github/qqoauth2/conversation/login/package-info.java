/**
 * Logins and the callback, with pages.
 */
@NullMarked
package io.github.qqoauth2.conversation.login;

import org.jspecify.annotations.NullMarked;
