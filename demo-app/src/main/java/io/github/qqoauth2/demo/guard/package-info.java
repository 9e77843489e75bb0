/**
 * Protection of forms against guessing of passwords and codes: a captcha after several
 * failures, and a rate limit.
 */
@NullMarked
package io.github.qqoauth2.demo.guard;

import org.jspecify.annotations.NullMarked;
