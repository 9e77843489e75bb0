/**
 * Which QQ the shop talks to: the real one, or a simulated one in this process.
 */
@NullMarked
package io.github.qqoauth2.demo.qq;

import org.jspecify.annotations.NullMarked;
