package io.github.qqoauth2.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * A clock that can be set ahead of the system clock.
 */
final class TestClock extends Clock {

	private volatile Duration ahead = Duration.ZERO;

	void advance(Duration time) {
		this.ahead = this.ahead.plus(time);
	}

	@Override
	public Instant instant() {
		return Instant.now().plus(this.ahead);
	}

	@Override
	public ZoneId getZone() {
		return ZoneId.systemDefault();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Replaces the shop's clock.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Source {

		@Bean
		@Primary
		TestClock testClock() {
			return new TestClock();
		}

	}

}
