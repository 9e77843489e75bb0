package io.github.qqoauth2.demo;

import java.util.Locale;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;

/**
 * Viewport and language of a browser. The build covers each viewport and each language
 * once. With {@code -Dscreens=all} the tests cover every combination and save screenshots
 * in {@code target/screenshots}.
 */
enum Screen {

	/** A desktop in Chinese. */
	DESKTOP_CHINESE("zh-CN", 1280, 800),

	/** A desktop in English. */
	DESKTOP_ENGLISH("en", 1280, 800),

	/** A phone in Chinese. */
	PHONE_CHINESE("zh-CN", 360, 740),

	/** A phone in English. */
	PHONE_ENGLISH("en", 360, 740);

	private static final String PHONE = "Mozilla/5.0 (Linux; Android 14; Phone) AppleWebKit/537.36 "
			+ "(KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

	/** Whether every combination is covered. */
	static final boolean ALL = "all".equals(System.getProperty("screens"));

	private final String language;

	private final int width;

	private final int height;

	Screen(String language, int width, int height) {
		this.language = language;
		this.width = width;
		this.height = height;
	}

	static Stream<Screen> selected() {
		return ALL ? Stream.of(values()) : Stream.of(DESKTOP_ENGLISH, PHONE_CHINESE);
	}

	String language() {
		return this.language;
	}

	int width() {
		return this.width;
	}

	boolean isChinese() {
		return this.language.startsWith("zh");
	}

	boolean isPhone() {
		return this.width < 600;
	}

	/**
	 * Returns the text in the language of the screen.
	 */
	String text(String chinese, String english) {
		return isChinese() ? chinese : english;
	}

	Browser.NewContextOptions options() {
		Browser.NewContextOptions options = new Browser.NewContextOptions().setLocale(this.language)
			.setViewportSize(this.width, this.height);
		return isPhone() ? options.setUserAgent(PHONE).setIsMobile(true).setHasTouch(true).setDeviceScaleFactor(2)
				: options;
	}

	@Override
	public String toString() {
		return this.language.toLowerCase(Locale.ROOT) + "-" + this.width;
	}

}
