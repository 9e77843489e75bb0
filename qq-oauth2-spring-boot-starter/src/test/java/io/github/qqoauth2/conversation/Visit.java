package io.github.qqoauth2.conversation;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * The steps of a visitor: what a person does in a browser at the site and at QQ.
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
	 * Starts a login and approves it at QQ.
	 * @return the callback that QQ redirects to
	 */
	public String approve(QqPerson person, String start) {
		return relative(this.qq.approve(authorize(start), person));
	}

	public URI authorize(String start) {
		Browser.Page page = this.browser.get(start);
		return URI.create(Objects.requireNonNull(page.header("Location"),
				() -> "no redirect to QQ: " + page.status() + " " + page.body()));
	}

	/**
	 * Logs in by QQ.
	 * @return the application's response to the callback
	 */
	public Browser.Page qqLogin(QqPerson person) {
		return this.browser.get(approve(person, START));
	}

	/**
	 * Submits the bind page.
	 */
	public Browser.Page bind(String username, String password) {
		Browser.Page page = this.browser.get("login/qq/bind");
		return this.browser.submit(page, "login/qq/bind", Map.of("username", username, "password", password));
	}

	/**
	 * Logs in with the form of the site.
	 */
	public Browser.Page login(String username, String password) {
		Browser.Page page = this.browser.get("login");
		Map<String, String> form = new LinkedHashMap<>();
		form.put("username", username);
		form.put("password", password);
		return this.browser.submit(page, "login", form);
	}

	/**
	 * Logs out with the form of the site.
	 */
	public Browser.Page logout() {
		return this.browser.submit(this.browser.get("logout"), "logout", Map.of());
	}

	/**
	 * The value of a query parameter.
	 */
	public static String parameter(String address, String name) {
		return address.replaceFirst(".*[?&]" + name + "=", "").replaceFirst("&.*", "");
	}

	private static String relative(URI callback) {
		return callback.getRawPath() + ((callback.getRawQuery() != null) ? "?" + callback.getRawQuery() : "");
	}

}
