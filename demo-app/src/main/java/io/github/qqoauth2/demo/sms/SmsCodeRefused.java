package io.github.qqoauth2.demo.sms;

/**
 * Somebody typed a code that was not right. Told at once, whatever becomes of the
 * transaction around it.
 *
 * @param purpose what the code was for
 */
public record SmsCodeRefused(SmsPurpose purpose) {

}
