package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Reports the target of a redirect before it is sent, while the session can still be
 * changed: Spring Session saves it when the response is committed.
 */
final class RedirectRecorder extends HttpServletResponseWrapper {

	private final Consumer<String> recorder;

	private boolean redirected;

	RedirectRecorder(HttpServletResponse response, Consumer<String> recorder) {
		super(response);
		this.recorder = recorder;
	}

	@Override
	public void sendRedirect(String location) throws IOException {
		this.recorder.accept(location);
		this.redirected = true;
		super.sendRedirect(location);
	}

	/**
	 * Returns whether the response has been sent, so that Spring Session has saved the
	 * session.
	 */
	boolean isSent() {
		return this.redirected || isCommitted();
	}

}
