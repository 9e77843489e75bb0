package io.github.qqoauth2.conversation.oauth2;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests to start and callback that are not from a visitor, but from a browser's
 * prefetching or a link scanner.
 */
@Tag("T-57")
class PrefetchIT extends AbstractOtherProviderConversation {

	private static final Application site = OtherProvider.with(qq, "{baseUrl}/login/oauth2/code/{registrationId}")
		.source(SecondProviderIT.TwoProviders.class)
		.start();

	PrefetchIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private void givenBinding() {
		Visit other = new Visit(this.application, qq);
		other.qqLogin(QqPerson.XIAO_MING);
		other.bind("alice", "alice-password");
		qq.clearRequests();
	}

	private static Map<String, Object> attributes(HttpSession session) {
		return Collections.list(session.getAttributeNames())
			.stream()
			.collect(Collectors.toMap((name) -> name, session::getAttribute));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void startWhenPrefetchedThenNoSessionAndNothingStored(Kind kind) {
		int sessions = this.application.bean(Site.Sessions.class).all().size();
		kind.assertResponse(kind.send(this.browser, Visit.START + "?next=/orders/3"));
		assertThat(this.browser.cookies()).isEmpty();
		assertThat(this.application.bean(Site.Sessions.class).all()).hasSize(sessions);
		this.browser.get("orders/7");
		HttpSession session = this.application.bean(Site.Sessions.class).of(this.browser);
		Map<String, Object> attributes = attributes(session);
		kind.assertResponse(kind.send(this.browser, Visit.START));
		assertThat(attributes(session)).isEqualTo(attributes);
		assertThat(qq.requests()).isEmpty();
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callbackWhenPrefetchedThenStateIsKeptAndVisitLogsIn(Kind kind) {
		givenBinding();
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		Map<String, String> cookies = this.browser.cookies();
		HttpSession session = this.application.bean(Site.Sessions.class).of(this.browser);
		Map<String, Object> attributes = attributes(session);
		for (int i = 0; i < 2; i++) {
			kind.assertResponse(kind.send(this.browser, callback));
		}
		assertThat(attributes(session)).isEqualTo(attributes);
		assertThat(this.browser.cookies()).isEqualTo(cookies);
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(this.browser.get(callback).location()).isEqualTo("/orders/3?continue");
		assertThat(this.browser.get("").body()).startsWith("alice ");
		kind.assertResponse(kind.send(this.browser, callback));
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void otherProviderWhenPrefetchedThenUnchanged(Kind kind) {
		Browser.Page start = kind.send(this.browser, OtherProvider.START);
		assertThat(start.status()).isEqualTo(302);
		String state = Visit.parameter(String.valueOf(start.header("Location")), "state");
		Browser.Page callback = kind.send(this.browser, "login/oauth2/code/other?code=C&state=" + state);
		assertThat(callback.location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("octocat ");
	}

	/**
	 * Kinds of requests that are not from a visitor.
	 */
	enum Kind {

		PREFETCH("Sec-Purpose", "prefetch", 503),

		PRERENDER("Sec-Purpose", "prefetch;prerender", 503),

		PREFETCH_OF_SAFARI("Purpose", "prefetch", 503),

		PREFETCH_OF_OLD_FIREFOX("X-Moz", "prefetch", 503),

		SCAN(null, null, 204);

		private final @Nullable String header;

		private final @Nullable String value;

		private final int status;

		Kind(@Nullable String header, @Nullable String value, int status) {
			this.header = header;
			this.value = value;
			this.status = status;
		}

		Browser.Page send(Browser browser, String path) {
			if (this.header == null) {
				return browser.send("HEAD", path);
			}
			Browser.Page answer = browser.header(this.header, this.value).get(path);
			browser.header(this.header, null);
			return answer;
		}

		void assertResponse(Browser.Page answer) {
			assertThat(answer.status()).isEqualTo(this.status);
			assertThat(answer.body()).isEmpty();
			assertThat(answer.header("Location")).isNull();
			assertThat(answer.header("Set-Cookie")).isNull();
			assertThat(answer.header("Cache-Control")).contains("no-store");
			List<String> vary = answer.headers()
				.entrySet()
				.stream()
				.filter((header) -> header.getKey().equalsIgnoreCase("Vary"))
				.flatMap((header) -> header.getValue().stream())
				.flatMap((value) -> List.of(value.split(", *")).stream())
				.toList();
			assertThat(vary).contains("Sec-Purpose", "Purpose", "X-Moz");
		}

	}

}
