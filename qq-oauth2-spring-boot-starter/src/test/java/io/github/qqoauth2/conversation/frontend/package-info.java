/**
 * Front ends that use JSON, at sites with sessions.
 */
@NullMarked
package io.github.qqoauth2.conversation.frontend;

import org.jspecify.annotations.NullMarked;
