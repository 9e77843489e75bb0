package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Intercepts {@code sendError}, so that the starter writes the response to a request that
 * another filter rejects. The container's error page is less helpful, and may itself
 * require a login and so turn the refusal into a redirect.
 */
class RefusalResponse extends HttpServletResponseWrapper {

	private final Refusal refusal;

	RefusalResponse(HttpServletResponse response, Refusal refusal) {
		super(response);
		this.refusal = refusal;
	}

	@Override
	public void sendError(int status) throws IOException {
		if (!this.refusal.answer(status)) {
			super.sendError(status);
		}
	}

	@Override
	public void sendError(int status, String message) throws IOException {
		if (!this.refusal.answer(status)) {
			super.sendError(status, message);
		}
	}

	/**
	 * Answers refusals.
	 */
	@FunctionalInterface
	interface Refusal {

		/** Answers a refusal, or returns {@code false} to leave it to the container. */
		boolean answer(int status) throws IOException;

	}

}
