/**
 * Several filter chains, other ways to log in, and several factors.
 */
@NullMarked
package io.github.qqoauth2.conversation.chain;

import org.jspecify.annotations.NullMarked;
