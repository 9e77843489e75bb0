/**
 * A simulator of QQ Connect on the loopback interface: a library for tests and a program
 * for development.
 */
@NullMarked
package io.github.qqoauth2.simulator;

import org.jspecify.annotations.NullMarked;
