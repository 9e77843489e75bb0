package io.github.qqoauth2.conversation.frontend;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documented responses of a site with sessions that maps each of them.
 */
class MappedAnswersIT extends AbstractDocumentedAnswers {

	private static final Application site = Application.with(qq).source(FrontEndSite.class, Envelope.class).start();

	MappedAnswersIT() {
		super(site);
	}

	@Override
	protected Set<String> notSent() {
		return Set.of("readPendingQq 400");
	}

	private Browser.Page sent(String method, String path) {
		return this.frontEnd.browser().header("Accept", "application/json").send(method, path);
	}

	private static void assertHeaders(Browser.Page page) {
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.header("Content-Type")).startsWith("application/json");
		assertThat(page.header("Cache-Control")).isEqualTo("no-store, private");
		assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(page.headers().get("vary")).isNotNull()
			.anyMatch((vary) -> vary.contains("Accept, Accept-Language, X-Requested-With"));
	}

	@Test
	void requestsThenHeadersAsWithoutMapper() {
		Browser.Page notAllowed = sent("PUT", FrontEnd.BIND);
		assertHeaders(notAllowed);
		assertThat(notAllowed.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
		assertThat(notAllowed.body()).contains("\"code\":405", "\"code\":\"method-not-allowed\"");
		assertHeaders(sent("GET", FrontEnd.START));
		assertHeaders(sent("GET", FrontEnd.ACCOUNT));
		Browser.Page head = sent("HEAD", FrontEnd.ACCOUNT);
		assertHeaders(head);
		assertThat(head.body()).isEmpty();
	}

	@Test
	@Tag("T-41")
	void postWhenCsrfTokenIsMissingThenEnvelope() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		this.frontEnd.browser().removeCookie("XSRF-TOKEN");
		this.frontEnd.browser().header("X-XSRF-TOKEN", null);
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), 403, "forbidden");
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * Pages have no envelope.
	 */
	@Test
	void pagesWhenMapperThenUnchanged() {
		Browser browser = this.frontEnd.browser().header("Accept", "text/html");
		assertThat(browser.get(FrontEnd.START).location()).startsWith(qq.url() + "/oauth2.0/authorize?");
		assertThat(browser.get("login/qq/error").status()).isEqualTo(200);
		assertThat(browser.get(FrontEnd.BIND).status()).isEqualTo(410);
		assertThat(browser.get(FrontEnd.BIND).header("Content-Type")).startsWith("text/html");
	}

	@Test
	void loginWhenRepeatedThenAccountAgain() {
		bindTo("alice");
		FrontEnd again = new FrontEnd(this.application, qq);
		Map<String, String> callback = again.approve(QqPerson.XIAO_MING, FrontEnd.START);
		assertThat(List.of(again.post(FrontEnd.CALLBACK, callback), again.post(FrontEnd.CALLBACK, callback)))
			.allSatisfy((answer) -> assertThat(answer.text("username")).isEqualTo("alice"));
	}

}
