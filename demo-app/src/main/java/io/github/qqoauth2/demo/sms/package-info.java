/**
 * Verification of mobile numbers by SMS codes.
 */
@NullMarked
package io.github.qqoauth2.demo.sms;

import org.jspecify.annotations.NullMarked;
