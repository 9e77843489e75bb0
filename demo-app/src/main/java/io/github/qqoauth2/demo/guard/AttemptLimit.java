package io.github.qqoauth2.demo.guard;

import java.time.Duration;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import org.springframework.stereotype.Component;

/**
 * Limits the number of form submissions per address.
 */
@Component
final class AttemptLimit {

	private final RecentEntries<Bucket> buckets = new RecentEntries<>();

	private final GuardProperties properties;

	AttemptLimit(GuardProperties properties) {
		this.properties = properties;
	}

	/**
	 * Consumes one attempt of an address.
	 * @return zero if an attempt was available, otherwise the time until the next one
	 */
	Duration consume(String address) {
		Bucket bucket;
		synchronized (this.buckets) {
			bucket = this.buckets.computeIfAbsent(address, (key) -> bucket());
		}
		ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
		return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
	}

	private Bucket bucket() {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(this.properties.attempts())
				.refillGreedy(this.properties.attempts(), this.properties.period()))
			.build();
	}

}
