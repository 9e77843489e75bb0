package io.github.qqoauth2.conversation.oauth2;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests at start and callback that no visitor made: of a browser that prefetches, of a
 * scanner of links.
 */
@Tag("T-57")
class PrefetchIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = OtherProvider
		.beside(qq, "{baseUrl}/login/oauth2/code/{registrationId}")
		.source(SecondProviderIT.TwoProviders.class)
		.start();

	private final Visit visit = new Visit(application, qq);

	private final Browser browser = this.visit.browser();

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void forget() {
		application.jdbc().sql("delete from qq_account_binding").update();
		qq.reset();
	}

	private void bound() {
		Visit other = new Visit(application, qq);
		other.comeBack(QqPerson.XIAO_MING);
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
	void startWhenNotVisitedThenNoSessionAndNothingIsStored(Kind kind) {
		int sessions = application.bean(Site.Sessions.class).all().size();
		kind.isAnswered(kind.send(this.browser, Visit.START + "?next=/orders/3"));
		assertThat(this.browser.cookies()).isEmpty();
		assertThat(application.bean(Site.Sessions.class).all()).hasSize(sessions);
		this.browser.get("orders/7");
		HttpSession session = application.bean(Site.Sessions.class).of(this.browser);
		Map<String, Object> attributes = attributes(session);
		kind.isAnswered(kind.send(this.browser, Visit.START));
		assertThat(attributes(session)).isEqualTo(attributes);
		assertThat(qq.requests()).isEmpty();
		assertThat(this.visit.comeBack(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callbackWhenNotVisitedThenStateStaysAndTheVisitLogsIn(Kind kind) {
		bound();
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		Map<String, String> cookies = this.browser.cookies();
		HttpSession session = application.bean(Site.Sessions.class).of(this.browser);
		Map<String, Object> attributes = attributes(session);
		for (int i = 0; i < 2; i++) {
			kind.isAnswered(kind.send(this.browser, callback));
		}
		assertThat(attributes(session)).isEqualTo(attributes);
		assertThat(this.browser.cookies()).isEqualTo(cookies);
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(this.browser.get(callback).location()).isEqualTo("/orders/3?continue");
		assertThat(this.browser.get("").body()).startsWith("alice ");
		kind.isAnswered(kind.send(this.browser, callback));
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void otherProviderWhenNotVisitedThenAnsweredAsWithoutTheStarter(Kind kind) {
		Browser.Page start = kind.send(this.browser, OtherProvider.START);
		assertThat(start.status()).isEqualTo(302);
		String state = Visit.parameter(String.valueOf(start.header("Location")), "state");
		Browser.Page callback = kind.send(this.browser, "login/oauth2/code/other?code=C&state=" + state);
		assertThat(callback.location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("octocat ");
	}

	/**
	 * Requests that are no visit.
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

		void isAnswered(Browser.Page answer) {
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
