/**
 * Beside the starter's conversations, whose sites the generated client visits.
 */
@NullMarked
package io.github.qqoauth2.conversation;

import org.jspecify.annotations.NullMarked;
