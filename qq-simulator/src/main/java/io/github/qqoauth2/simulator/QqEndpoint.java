package io.github.qqoauth2.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The endpoints of QQ Connect that a web login uses.
 */
public enum QqEndpoint {

	/**
	 * Shows the consent page to the browser and receives its form.
	 */
	AUTHORIZE("/oauth2.0/authorize"),

	/**
	 * Exchanges a code or a refresh token for an access token.
	 */
	TOKEN("/oauth2.0/token"),

	/**
	 * Returns the openid of an access token.
	 */
	ME("/oauth2.0/me"),

	/**
	 * Returns nickname, gender and avatar.
	 */
	USER_INFO("/user/get_user_info"),

	/**
	 * Returns the script of the login component. At QQ it has another host.
	 */
	COMPONENT("/jssdk/index.js"),

	/**
	 * Shows the frame of the login component. Its address at QQ is not known.
	 */
	COMPONENT_FRAME("/jssdk/login"),

	/**
	 * Shows what a phone shows after it has scanned the component's QR code.
	 */
	COMPONENT_PHONE("/jssdk/phone"),

	/**
	 * Returns to the component's frame what has happened to its QR code.
	 */
	COMPONENT_STATUS("/jssdk/status");

	private final String path;

	QqEndpoint(String path) {
		this.path = path;
	}

	/**
	 * Returns the path of this endpoint, which is the same as at QQ.
	 * @return the path, with a leading slash
	 */
	public String path() {
		return this.path;
	}

	static @Nullable QqEndpoint at(String path) {
		for (QqEndpoint endpoint : values()) {
			if (endpoint.path.equals(path)) {
				return endpoint;
			}
		}
		return null;
	}

}
