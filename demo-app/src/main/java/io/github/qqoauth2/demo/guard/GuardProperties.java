package io.github.qqoauth2.demo.guard;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much guessing is borne.
 *
 * @param captchaAfter Failures of a session, or of an address, after which a picture has
 * to be read.
 * @param forgetAfter How long the failures of an address count.
 * @param attempts Forms that one address may send within the period.
 * @param period The period of that limit.
 */
@ConfigurationProperties("onepage.guard")
record GuardProperties(@DefaultValue("3") int captchaAfter, @DefaultValue("15m") Duration forgetAfter,
		@DefaultValue("30") int attempts, @DefaultValue("1m") Duration period) {

}
