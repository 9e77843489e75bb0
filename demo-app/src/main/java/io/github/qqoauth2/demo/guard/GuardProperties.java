package io.github.qqoauth2.demo.guard;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits against password guessing.
 *
 * @param captchaAfter Failures of a session or an address after which a captcha is
 * required.
 * @param forgetAfter Time after which failures are no longer counted.
 * @param attempts Form submissions allowed per address and period.
 * @param period Period of the limit.
 */
@ConfigurationProperties("onepage.guard")
record GuardProperties(@DefaultValue("3") int captchaAfter, @DefaultValue("15m") Duration forgetAfter,
		@DefaultValue("30") int attempts, @DefaultValue("1m") Duration period) {

}
