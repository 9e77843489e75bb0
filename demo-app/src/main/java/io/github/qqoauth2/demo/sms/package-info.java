/**
 * Codes by SMS that prove a mobile number.
 */
@NullMarked
package io.github.qqoauth2.demo.sms;

import org.jspecify.annotations.NullMarked;
