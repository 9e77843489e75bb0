package io.github.qqoauth2.demo;

/**
 * The way in which the single-page app keeps a login.
 */
enum LoginMode {

	/** In a session on the server. */
	COOKIE("Cookie", "Cookie"),

	/** As a token in the browser. */
	TOKEN("令牌", "Token");

	private final String chinese;

	private final String english;

	LoginMode(String chinese, String english) {
		this.chinese = chinese;
		this.english = english;
	}

	/**
	 * Returns the label of the mode's switch.
	 */
	String label(Screen screen) {
		return screen.text(this.chinese, this.english);
	}

}
