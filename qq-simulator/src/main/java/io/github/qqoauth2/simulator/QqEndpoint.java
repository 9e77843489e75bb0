package io.github.qqoauth2.simulator;

import org.jspecify.annotations.Nullable;

/**
 * The four addresses of QQ Connect that a web login uses.
 */
public enum QqEndpoint {

	/**
	 * The consent page that the browser opens, and the address its form is sent to.
	 */
	AUTHORIZE("/oauth2.0/authorize"),

	/**
	 * Exchanges a code or a refresh token for an access token.
	 */
	TOKEN("/oauth2.0/token"),

	/**
	 * Tells the openid that belongs to an access token.
	 */
	ME("/oauth2.0/me"),

	/**
	 * Tells nickname, gender and avatar.
	 */
	USER_INFO("/user/get_user_info");

	private final String path;

	QqEndpoint(String path) {
		this.path = path;
	}

	/**
	 * The path of this endpoint, the same as at QQ.
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
