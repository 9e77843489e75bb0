package io.github.qqoauth2.conversation.frontend;

import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A front end that uses JSON and renders its own pages, in a visitor's browser.
 */
public final class FrontEnd {

	public static final String START = "oauth2/authorization/qq";

	public static final String CALLBACK = "login/oauth2/code/qq";

	public static final String BIND = "login/qq/bind";

	public static final String REGISTER = "login/qq/register";

	public static final String ACCOUNT = "account/qq";

	private final Browser browser;

	private final QqSimulator qq;

	private String accept = "application/json";

	private @Nullable String token;

	private final boolean mapped;

	private boolean envelopes;

	public FrontEnd(Application application, QqSimulator qq) {
		this(application.browser(), qq, Envelope.isUsedBy(application));
	}

	public FrontEnd(Browser browser, QqSimulator qq) {
		this(browser, qq, false);
	}

	private FrontEnd(Browser browser, QqSimulator qq, boolean mapped) {
		this.browser = browser;
		this.qq = qq;
		this.mapped = mapped;
	}

	public Browser browser() {
		return this.browser;
	}

	public FrontEnd accept(String accept) {
		this.accept = accept;
		return this;
	}

	/**
	 * Accepts responses that are written by handlers of the site.
	 */
	public FrontEnd acceptEnvelopes() {
		this.envelopes = true;
		return this;
	}

	/**
	 * Sets the token of the site for further requests, or {@code null} for none.
	 */
	public void token(@Nullable String token) {
		this.token = token;
	}

	public Answer get(String path) {
		return answer("get", path, prepared().get(path));
	}

	public Answer post(String path, Map<String, ?> body) {
		String text = JSONObjectUtils.toJSONString(body);
		ApiDocument.checkRequest(path, text);
		return post(path, "application/json", text);
	}

	public Answer post(String path, String contentType, String body) {
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
	 * Validates every response, without its {@link Envelope} if it has one, against the
	 * API document.
	 */
	private Answer answer(String method, String path, Browser.Page sent) {
		Browser.Page page = this.mapped ? Envelope.open(path, sent) : sent;
		assertThat(String.valueOf(page.location())).as("a token or a ticket in an address").doesNotContain("eyJ");
		if (this.envelopes && page.body().contains("\"errmsg\"")) {
			return new Answer(page, null);
		}
		boolean json = this.accept.equals("application/json") || page.body().startsWith("{");
		Answer answer = new Answer(page, json ? ApiDocument.check(method, path, page) : null);
		if (answer.status() == 200 && page.body().startsWith("{")
				&& answer.json().get("token") instanceof Map<?, ?> issued) {
			this.token = String.valueOf(issued.get("accessToken"));
		}
		return answer;
	}

	/**
	 * Starts a login and approves it at QQ.
	 * @return code and state, as QQ sends them to the route of the front end
	 */
	public Map<String, String> approve(QqPerson person, String start) {
		return parameters(this.qq.approve(authorizationUrl(get(start)), person));
	}

	public static URI authorizationUrl(Answer answer) {
		return URI.create(Objects.requireNonNull(answer.text("authorizationUrl"), answer.page().body()));
	}

	public static Map<String, String> parameters(URI callback) {
		Map<String, String> parameters = new TreeMap<>();
		UriComponentsBuilder.fromUri(callback)
			.build()
			.getQueryParams()
			.forEach((name, values) -> parameters.put(name, values.get(0)));
		return parameters;
	}

	/**
	 * Logs in by QQ.
	 * @return the response to the callback that the front end posts
	 */
	public Answer qqLogin(QqPerson person) {
		return post(CALLBACK, approve(person, START));
	}

	/**
	 * Links a QQ identity to the account of the signed-in user, up to the confirmation.
	 */
	public Answer link(QqPerson person, String next) {
		Answer started = post(ACCOUNT + "/link", Map.of("next", next));
		return post(CALLBACK, parameters(this.qq.approve(authorizationUrl(started), person)));
	}

	/**
	 * A response.
	 *
	 * @param documented operation and status in the API document
	 */
	public record Answer(Browser.Page page, @Nullable String documented) {

		public int status() {
			return this.page.status();
		}

		public @Nullable String code() {
			return text("code");
		}

		public @Nullable String contentType() {
			return this.page.header("Content-Type");
		}

		public Map<String, Object> json() {
			try {
				return JSONObjectUtils.parse(this.page.body());
			}
			catch (ParseException ex) {
				throw new IllegalStateException(this.page.status() + " " + this.page.body(), ex);
			}
		}

		public @Nullable String text(String name) {
			Object value = json().get(name);
			return (value != null) ? value.toString() : null;
		}

		@SuppressWarnings("unchecked")
		public Map<String, Object> object(String name) {
			return (Map<String, Object>) Objects.requireNonNull(json().get(name), this.page.body());
		}

		/**
		 * The id of the pending binding.
		 */
		public String binding() {
			Map<String, Object> pending = json().containsKey("pending") ? object("pending") : json();
			return String.valueOf(pending.get("binding"));
		}

	}

}
