package io.github.qqoauth2.simulator;

/**
 * Makes an endpoint reply with one of QQ's errors.
 */
@SuppressWarnings("serial")
final class RefusalException extends RuntimeException {

	private final Refusal refusal;

	RefusalException(Refusal refusal) {
		super(refusal.description(), null, false, false);
		this.refusal = refusal;
	}

	Refusal refusal() {
		return this.refusal;
	}

}
