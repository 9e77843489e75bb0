package io.github.qqoauth2.simulator;

import java.time.Duration;

/**
 * How a reply is sent, independent of its content.
 *
 * @param framing what is sent around the body
 * @param delay the wait before the first byte
 * @param slice the maximum number of bytes written at once
 * @param period the wait between two slices
 * @param limit the number of body bytes after which the reply ends, or -1 for all
 * @param declaredLength the Content-Length to declare, or -1 for the true one
 * @param ending what happens after the last byte
 */
record Delivery(Framing framing, Duration delay, int slice, Duration period, long limit, long declaredLength,
		Ending ending) {

	static final Delivery PLAIN = new Delivery(Framing.HTTP, Duration.ZERO, 64 * 1024, Duration.ZERO, -1, -1,
			Ending.COMPLETE);

	Delivery framed(Framing framing) {
		return new Delivery(framing, this.delay, this.slice, this.period, this.limit, this.declaredLength, this.ending);
	}

	Delivery after(Duration delay) {
		return new Delivery(this.framing, delay, this.slice, this.period, this.limit, this.declaredLength, this.ending);
	}

	Delivery sliced(int slice, Duration period) {
		return new Delivery(this.framing, this.delay, slice, period, this.limit, this.declaredLength, this.ending);
	}

	Delivery limited(long limit) {
		return new Delivery(this.framing, this.delay, this.slice, this.period, limit, this.declaredLength, this.ending);
	}

	Delivery declaring(long length) {
		return new Delivery(this.framing, this.delay, this.slice, this.period, this.limit, length, this.ending);
	}

	Delivery ending(Ending ending) {
		return new Delivery(this.framing, this.delay, this.slice, this.period, this.limit, this.declaredLength, ending);
	}

	/**
	 * What is sent around the body.
	 */
	enum Framing {

		/**
		 * A status line and headers, written by the server.
		 */
		HTTP,

		/**
		 * Nothing: the body is written to the connection unchanged.
		 */
		RAW,

		/**
		 * Nothing, and no body either.
		 */
		SILENT

	}

	/**
	 * What happens after the last byte.
	 */
	enum Ending {

		/**
		 * The reply ends as HTTP defines.
		 */
		COMPLETE,

		/**
		 * The connection is closed, with a FIN.
		 */
		CLOSE,

		/**
		 * The connection is reset, with an RST.
		 */
		RESET,

		/**
		 * The connection stays open, and nothing is sent.
		 */
		HOLD

	}

}
