/**
 * Front ends that use JSON, at sites without sessions.
 */
@NullMarked
package io.github.qqoauth2.conversation.ticket;

import org.jspecify.annotations.NullMarked;
