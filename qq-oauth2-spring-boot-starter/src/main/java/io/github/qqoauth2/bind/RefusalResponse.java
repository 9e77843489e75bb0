package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Gives what other filters refuse an answer of ours. The container's error page would say
 * less, and may itself want a login, and so make a redirect of the refusal.
 */
class RefusalResponse extends HttpServletResponseWrapper {

	private final Refusal refusal;

	RefusalResponse(HttpServletResponse response, Refusal refusal) {
		super(response);
		this.refusal = refusal;
	}

	@Override
	public void sendError(int status) throws IOException {
		if (!this.refusal.isAnswered(status)) {
			super.sendError(status);
		}
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		if (!this.refusal.isAnswered(status)) {
			super.sendError(status, message);
		}
	}

	/**
	 * A refusal that may have an answer.
	 */
	@FunctionalInterface
	interface Refusal {

		/** Answers, or leaves it to the container. */
		boolean isAnswered(int status) throws IOException;

	}

}
