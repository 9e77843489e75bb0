/**
 * What stands in front of every form that a password or a code could be guessed at: a
 * picture to read after some failures, and a limit on how often.
 */
@NullMarked
package io.github.qqoauth2.demo.guard;

import org.jspecify.annotations.NullMarked;
