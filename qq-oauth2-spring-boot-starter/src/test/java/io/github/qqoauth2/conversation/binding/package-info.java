/**
 * Bind page, registration and account page: how bindings are made, moved and removed.
 */
@NullMarked
package io.github.qqoauth2.conversation.binding;

import org.jspecify.annotations.NullMarked;
