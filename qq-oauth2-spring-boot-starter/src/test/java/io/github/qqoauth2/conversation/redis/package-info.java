/**
 * Sites with several nodes that keep their sessions in Redis.
 */
@NullMarked
package io.github.qqoauth2.conversation.redis;

import org.jspecify.annotations.NullMarked;
