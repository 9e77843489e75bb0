package io.github.qqoauth2.conversation;

import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A front end of its own in a visitor's browser: it asks in JSON and draws its pages
 * itself.
 */
final class FrontEnd {

	static final String START = "oauth2/authorization/qq";

	static final String CALLBACK = "login/oauth2/code/qq";

	static final String BIND = "login/qq/bind";

	static final String REGISTER = "login/qq/register";

	static final String ACCOUNT = "account/qq";

	private final Browser browser;

	private final QqSimulator qq;

	private String accept = "application/json";

	private @Nullable String token;

	FrontEnd(Application application, QqSimulator qq) {
		this(application.browser(), qq);
	}

	FrontEnd(Browser browser, QqSimulator qq) {
		this.browser = browser;
		this.qq = qq;
	}

	Browser browser() {
		return this.browser;
	}

	FrontEnd accept(String accept) {
		this.accept = accept;
		return this;
	}

	/**
	 * Sends the site's own token with all that follows; {@code null} for none.
	 */
	void token(@Nullable String token) {
		this.token = token;
	}

	Answer get(String path) {
		return answer("get", path, prepared().get(path));
	}

	Answer post(String path, Map<String, ?> body) {
		String text = JSONObjectUtils.toJSONString(body);
		ApiDocument.checkRequest(path, text);
		return post(path, "application/json", text);
	}

	Answer post(String path, String contentType, String body) {
		String csrf = this.browser.cookie("XSRF-TOKEN");
		if (csrf != null) {
			this.browser.header("X-XSRF-TOKEN", csrf);
		}
		return answer("post", path, prepared().post(path, contentType, body));
	}

	private Browser prepared() {
		this.browser.header("Accept", this.accept);
		this.browser.header("Authorization", (this.token != null) ? "Bearer " + this.token : null);
		return this.browser;
	}

	/**
	 * Everything that a front end is told has to be as it is written.
	 */
	private Answer answer(String method, String path, Browser.Page page) {
		assertThat(String.valueOf(page.location())).as("a token or a ticket in an address").doesNotContain("eyJ");
		boolean told = this.accept.equals("application/json") || page.body().startsWith("{");
		Answer answer = new Answer(page, told ? ApiDocument.check(method, path, page) : null);
		if (answer.status() == 200 && page.body().startsWith("{")
				&& answer.json().get("token") instanceof Map<?, ?> issued) {
			this.token = String.valueOf(issued.get("accessToken"));
		}
		return answer;
	}

	/**
	 * Begins a login and agrees at QQ.
	 * @return code and state, as QQ hands them to the front end's route
	 */
	Map<String, String> agree(QqPerson person, String start) {
		return parameters(this.qq.approve(authorizationUrl(get(start)), person));
	}

	static URI authorizationUrl(Answer answer) {
		return URI.create(Objects.requireNonNull(answer.text("authorizationUrl"), answer.page().body()));
	}

	static Map<String, String> parameters(URI callback) {
		Map<String, String> parameters = new TreeMap<>();
		UriComponentsBuilder.fromUri(callback)
			.build()
			.getQueryParams()
			.forEach((name, values) -> parameters.put(name, values.get(0)));
		return parameters;
	}

	/**
	 * The whole way to QQ and back, up to the answer to what the front end's route passes
	 * on.
	 */
	Answer comeBack(QqPerson person) {
		return post(CALLBACK, agree(person, START));
	}

	/**
	 * Signed in, to QQ and back with one to be bound.
	 */
	Answer link(QqPerson person, String next) {
		Answer started = post(ACCOUNT + "/link", Map.of("next", next));
		return post(CALLBACK, parameters(this.qq.approve(authorizationUrl(started), person)));
	}

	/**
	 * An answer.
	 *
	 * @param documented operation and status as the API document has them
	 */
	record Answer(Browser.Page page, @Nullable String documented) {

		int status() {
			return this.page.status();
		}

		@Nullable String code() {
			return text("code");
		}

		@Nullable String contentType() {
			return this.page.header("Content-Type");
		}

		Map<String, Object> json() {
			try {
				return JSONObjectUtils.parse(this.page.body());
			}
			catch (ParseException ex) {
				throw new IllegalStateException(this.page.status() + " " + this.page.body(), ex);
			}
		}

		@Nullable String text(String name) {
			Object value = json().get(name);
			return (value != null) ? value.toString() : null;
		}

		@SuppressWarnings("unchecked")
		Map<String, Object> object(String name) {
			return (Map<String, Object>) Objects.requireNonNull(json().get(name), this.page.body());
		}

		/**
		 * What names the QQ that waits.
		 */
		String binding() {
			Map<String, Object> waiting = json().containsKey("pending") ? object("pending") : json();
			return String.valueOf(waiting.get("binding"));
		}

	}

}
