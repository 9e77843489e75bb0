/**
 * Tests of a common kind of application: accounts in MyBatis, its own JSON login with a
 * captcha in Redis, its own token filter, neither sessions nor form login. QQ login is
 * added as described in the README.
 */
@NullMarked
package io.github.qqoauth2.tokenshop;

import org.jspecify.annotations.NullMarked;
