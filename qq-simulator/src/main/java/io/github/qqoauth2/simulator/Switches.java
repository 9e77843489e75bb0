package io.github.qqoauth2.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What a test can turn on and off.
 */
final class Switches {

	private volatile boolean needOpenid = true;

	private volatile @Nullable String jsonContentType = WireFormat.TEXT_HTML;

	boolean needOpenid() {
		return this.needOpenid;
	}

	void needOpenid(boolean honoured) {
		this.needOpenid = honoured;
	}

	/**
	 * The Content-Type of bare JSON, empty for none.
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
