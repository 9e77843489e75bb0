package io.github.qqoauth2.demo.sms;

/**
 * Published immediately when a wrong or expired code was submitted, even if the
 * surrounding transaction is rolled back later.
 *
 * @param purpose the purpose of the code
 */
public record SmsCodeRejectedEvent(SmsPurpose purpose) {

}
