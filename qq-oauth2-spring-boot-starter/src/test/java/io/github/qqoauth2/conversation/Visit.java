package io.github.qqoauth2.conversation;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * A visitor's way through a site: what a person does with browser and QQ.
 */
public final class Visit {

	public static final String START = "oauth2/authorization/qq";

	private final Browser browser;

	private final QqSimulator qq;

	public Visit(Application application, QqSimulator qq) {
		this(application.browser(), qq);
	}

	public Visit(Browser browser, QqSimulator qq) {
		this.browser = browser;
		this.qq = qq;
	}

	public Browser browser() {
		return this.browser;
	}

	/**
	 * Asks for the way to QQ and agrees there.
	 * @return the callback, as QQ would have the browser call it
	 */
	public String agree(QqPerson person, String start) {
		return relative(this.qq.approve(authorize(start), person));
	}

	public URI authorize(String start) {
		Browser.Page page = this.browser.get(start);
		return URI.create(Objects.requireNonNull(page.header("Location"),
				() -> "no redirect to QQ: " + page.status() + " " + page.body()));
	}

	/**
	 * The whole way to QQ and back, up to the application's answer to the callback.
	 */
	public Browser.Page comeBack(QqPerson person) {
		return this.browser.get(agree(person, START));
	}

	/**
	 * Fills the bind page in.
	 */
	public Browser.Page bind(String username, String password) {
		Browser.Page page = this.browser.get("login/qq/bind");
		return this.browser.submit(page, "login/qq/bind", Map.of("username", username, "password", password));
	}

	/**
	 * Logs in with the site's own form.
	 */
	public Browser.Page login(String username, String password) {
		Browser.Page page = this.browser.get("login");
		Map<String, String> form = new LinkedHashMap<>();
		form.put("username", username);
		form.put("password", password);
		return this.browser.submit(page, "login", form);
	}

	/**
	 * Leaves by the site's own form.
	 */
	public Browser.Page logout() {
		return this.browser.submit(this.browser.get("logout"), "logout", Map.of());
	}

	/**
	 * The value of a parameter in an address.
	 */
	public static String parameter(String address, String name) {
		return address.replaceFirst(".*[?&]" + name + "=", "").replaceFirst("&.*", "");
	}

	private static String relative(URI callback) {
		return callback.getRawPath() + ((callback.getRawQuery() != null) ? "?" + callback.getRawQuery() : "");
	}

}
