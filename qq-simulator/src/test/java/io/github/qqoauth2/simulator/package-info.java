/**
 * Tests of the simulator over real sockets.
 */
@NullMarked
package io.github.qqoauth2.simulator;

import org.jspecify.annotations.NullMarked;
