/**
 * An application of the kind that many teams have: accounts in MyBatis, a JSON login of
 * its own with a captcha in Redis, tokens read by a filter of its own, neither sessions
 * nor form login. QQ comes in by the recipe of the README alone.
 */
@NullMarked
package io.github.qqoauth2.tokenshop;

import org.jspecify.annotations.NullMarked;
