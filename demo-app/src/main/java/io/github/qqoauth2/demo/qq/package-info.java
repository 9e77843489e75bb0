/**
 * Selection of the QQ server: the real one or a simulator in this process.
 */
@NullMarked
package io.github.qqoauth2.demo.qq;

import org.jspecify.annotations.NullMarked;
