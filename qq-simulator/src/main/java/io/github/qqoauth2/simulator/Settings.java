package io.github.qqoauth2.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The settings that a test can change.
 */
final class Settings {

	private volatile boolean needOpenid = true;

	private volatile @Nullable String jsonContentType = WireFormat.TEXT_HTML;

	boolean needOpenid() {
		return this.needOpenid;
	}

	void needOpenid(boolean honoured) {
		this.needOpenid = honoured;
	}

	/**
	 * The Content-Type of plain JSON, empty for none.
	 */
	String jsonContentType() {
		String contentType = this.jsonContentType;
		return (contentType != null) ? contentType : "";
	}

	void jsonContentType(@Nullable String contentType) {
		this.jsonContentType = contentType;
	}

	void reset() {
		this.needOpenid = true;
		this.jsonContentType = WireFormat.TEXT_HTML;
	}

}
