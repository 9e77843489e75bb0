/**
 * Sessions as JSON with Spring Security 6.5.
 */
@NullMarked
package io.github.qqoauth2.conversation.redis;

import org.jspecify.annotations.NullMarked;
