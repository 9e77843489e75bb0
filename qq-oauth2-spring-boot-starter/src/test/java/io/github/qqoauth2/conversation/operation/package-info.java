/**
 * What an operator sees: start-up, failures, logs and metrics.
 */
@NullMarked
package io.github.qqoauth2.conversation.operation;

import org.jspecify.annotations.NullMarked;
