package io.github.qqoauth2.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The QR codes that the login component has shown. Their lifetime at QQ is not known.
 */
final class ScanCodes {

	static final Duration LIFETIME = Duration.ofMinutes(2);

	private final Clock clock;

	private final Map<String, Scan> scans = new BoundedMap<>();

	ScanCodes(Clock clock) {
		this.clock = clock;
	}

	synchronized String create(QqRequest login) {
		String code = Identifiers.random();
		this.scans.put(code, new Scan(login, Status.WAITING, this.clock.instant().plus(LIFETIME), null));
		return code;
	}

	/**
	 * Returns a code that has been neither confirmed nor cancelled and has not expired.
	 */
	synchronized @Nullable Scan open(@Nullable String code) {
		Scan scan = this.scans.get(code);
		boolean open = scan != null && status(scan).isOpen();
		return open ? scan : null;
	}

	synchronized void change(String code, Status status, @Nullable URI location) {
		Scan scan = this.scans.get(code);
		if (scan != null && status(scan).isOpen()) {
			this.scans.put(code, new Scan(scan.login(), status, scan.end(), location));
		}
	}

	/**
	 * Returns the status of a code, and the redirect of QQ once it is confirmed.
	 */
	synchronized Map<String, String> statusOf(@Nullable String code) {
		Scan scan = this.scans.get(code);
		String status = ((scan != null) ? status(scan) : Status.EXPIRED).name().toLowerCase(Locale.ROOT);
		return (scan != null && scan.location() != null)
				? Map.of("status", status, "location", scan.location().toString()) : Map.of("status", status);
	}

	private Status status(Scan scan) {
		boolean ended = scan.status().isOpen() && !this.clock.instant().isBefore(scan.end());
		return ended ? Status.EXPIRED : scan.status();
	}

	synchronized void clear() {
		this.scans.clear();
	}

	/**
	 * What has happened to a code.
	 */
	enum Status {

		WAITING, SCANNED, CONFIRMED, CANCELLED, EXPIRED;

		boolean isOpen() {
			return this == WAITING || this == SCANNED;
		}

	}

	/**
	 * A code.
	 *
	 * @param login the request of the frame, with the parameters of the authorization
	 * @param location the redirect of QQ
	 */
	record Scan(QqRequest login, Status status, Instant end, @Nullable URI location) {

	}

}
