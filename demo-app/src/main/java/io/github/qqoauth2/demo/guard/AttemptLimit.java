package io.github.qqoauth2.demo.guard;

import java.time.Duration;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import org.springframework.stereotype.Component;

/**
 * How many forms one address may send.
 */
@Component
final class AttemptLimit {

	private final RecentEntries<Bucket> buckets = new RecentEntries<>();

	private final GuardProperties properties;

	AttemptLimit(GuardProperties properties) {
		this.properties = properties;
	}

	/**
	 * Takes one of the attempts that an address has.
	 * @return how long to wait for one, zero where there was one left
	 */
	Duration take(String address) {
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
