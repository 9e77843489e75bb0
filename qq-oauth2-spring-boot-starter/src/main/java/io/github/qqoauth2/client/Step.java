package io.github.qqoauth2.client;

/**
 * The steps of a QQ login. The browser makes the first, {@link QqClient} the others.
 */
enum Step {

	AUTHORIZE("authorize", "/oauth2.0/authorize"),

	TOKEN("token", "/oauth2.0/token"),

	ME("me", "/oauth2.0/me"),

	GET_USER_INFO("get_user_info", "/user/get_user_info");

	private final String value;

	private final String path;

	Step(String value, String path) {
		this.value = value;
		this.path = path;
	}

	String value() {
		return this.value;
	}

	String path() {
		return this.path;
	}

}
