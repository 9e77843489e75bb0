package io.github.qqoauth2.demo;

/**
 * How the single page keeps a login.
 */
enum LoginMode {

	/** The server does, in a session. */
	COOKIE("Cookie", "Cookie"),

	/** The browser does, as a token. */
	TOKEN("令牌", "Token");

	private final String chinese;

	private final String english;

	LoginMode(String chinese, String english) {
		this.chinese = chinese;
		this.english = english;
	}

	/**
	 * What the switch calls it.
	 */
	String label(Screen screen) {
		return screen.says(this.chinese, this.english);
	}

}
