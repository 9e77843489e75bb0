/**
 * Tests of applications that log in with QQ.
 */
@NullMarked
package io.github.qqoauth2.test;

import org.jspecify.annotations.NullMarked;
