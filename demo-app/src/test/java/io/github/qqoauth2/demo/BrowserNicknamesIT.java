package io.github.qqoauth2.demo;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.RequestOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Displays hostile nicknames on every page that shows a nickname. The browser bypasses
 * the content security policy, so that unescaped markup would run. Each payload calls
 * {@code ran()}.
 */
@Tag("T-23")
@Tag("browser")
class BrowserNicknamesIT {

	private static final String SCRIPTED_ELEMENTS = """
			() => [...document.querySelectorAll('*')].filter((element) =>
			  element.matches('script, iframe, object, embed, body style, base, meta[http-equiv], math, main svg')
			    || [...element.attributes].some((attribute) =>
			      attribute.name.startsWith('on') || /^\\s*(javascript|vbscript):/i.test(attribute.value)))
			  .map((element) => element.outerHTML)""";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--qq.oauth2.bind-page=/login/qq/bind");

	static BrowserVisitor visitor;

	static final List<String> ran = new ArrayList<>();

	static final List<String> loaded = new ArrayList<>();

	@BeforeAll
	static void open() {
		visitor = BrowserVisitor.withoutContentSecurityPolicy(chromium, Screen.PHONE_ENGLISH);
		visitor.page().exposeFunction("ran", (arguments) -> ran.add(visitor.page().url()));
		visitor.page().onRequest(BrowserNicknamesIT::onRequest);
	}

	/**
	 * Records requests other than navigations and the page's own style sheet and images.
	 */
	private static void onRequest(Request request) {
		boolean own = URI.create(request.url()).getPath().matches("/assets/.*|/login/qq/page-[0-9a-f]+\\.css");
		if (!own && !request.isNavigationRequest()) {
			loaded.add(request.url());
		}
	}

	@AfterAll
	static void close() {
		if (visitor != null) {
			visitor.close();
		}
	}

	@AfterEach
	void reset() {
		visitor.takeVisitedPaths();
		ran.clear();
		loaded.clear();
		visitor.clearCookies();
	}

	static Stream<String> nicknames() {
		return Stream.of(markup(), breakouts(), templates(), characters(), lengths(), List.of("null", "   "))
			.flatMap(List::stream);
	}

	private static List<String> markup() {
		return List.of("<script>ran()</script>", "<svg onload=ran()>", "<img src=attacker onerror=ran()>",
				"<iframe srcdoc='<script>parent.ran()</script>'>", "<details open ontoggle=ran()>",
				"<input autofocus onfocus=ran()>", "<style>@import '/attacker.css'</style>",
				"<base href=//attacker.test/>", "<meta http-equiv=refresh content=0;url=//attacker.test/>",
				"<math><mtext><img src=x onerror=ran()>", "<object data=javascript:ran()>",
				"<p style=width:9999px>wide</p>");
	}

	private static List<String> breakouts() {
		return List.of("\"><script>ran()</script>", "'><img src=x onerror=ran()>", "\" autofocus onfocus=ran() x=\"",
				"' onmouseover=ran() '", "</h1></main></body><svg onload=ran()>", "</title><script>ran()</script>",
				"--><svg onload=ran()>", "</style></script><img src=x onerror=ran()>", "&lt;svg onload=ran()&gt;",
				"\\u003csvg onload=ran()\\u003e", "<\u0000script>ran()</script>", "<scr\u202Eipt>ran()</script>",
				"<svg\u2028onload=ran()>", "\uFF1Csvg onload=ran()\uFF1E");
	}

	private static List<String> templates() {
		return List.of("${ran()}", "[[${7*7}]]", "[(${'<svg onload=ran()>'})]", "#{7*7}", "{{ran()}}", "{", "%s%n",
				"javascript:ran()");
	}

	private static List<String> characters() {
		return List.of("\r\nSet-Cookie: attacker=1\r\n\r\n<svg onload=ran()>", "\u202Egnp.exe", "\u001b[31mred",
				"\uD83D", "\uDE00\uD83D", "🐼", "👨‍👩‍👧‍👦", "\u200B", "\u0627\u200Fب");
	}

	/**
	 * The first nickname exceeds the size of a response that the starter reads; the login
	 * succeeds without a nickname.
	 */
	private static List<String> lengths() {
		return List.of("x".repeat(100_000), "宽".repeat(1000), "\uFDFD".repeat(255), "a" + "\u0300".repeat(300),
				"<svg onload=ran()>".repeat(2000));
	}

	@ParameterizedTest
	@MethodSource("nicknames")
	void pagesWhenNicknameHostileThenShowItAsText(String nickname) {
		QqPerson person = new QqPerson("attacker", nickname, "男", null);
		visitor.open(callback(person));
		checkPage("/login/qq/bind");
		String greeting = heading();
		visitor.submitBindForm("alice", "reads-at-night");
		checkPage("/");
		String name = storedNickname();
		assertThat(greeting).isEqualTo((name != null) ? "Hello, " + name + "!" : "Hello!");
		assertThat(heading()).isEqualTo("Welcome back, " + ((name != null) ? name : "alice"));
		visitor.open(site.url() + "/me");
		checkPage("/me");
		assertThat(heading()).isEqualTo((name != null) ? name : "alice");
		visitor.open(site.url() + "/account/qq");
		checkPage("/account/qq");
		assertThat(heading()).isEqualTo((name != null) ? name : "QQ user");
		site.deleteVisitorData();
		visitor.open(callback(person));
		checkPage("/account/qq");
		assertThat(heading())
			.isEqualTo("Link " + ((name != null) ? "QQ " + name : "this QQ") + " to your account alice?");
		assertThat(visitor.takeVisitedPaths()).containsExactly("/login/oauth2/code/qq", "/login/qq/bind",
				"/login/qq/bind", "/", "/me", "/account/qq", "/login/oauth2/code/qq", "/account/qq");
	}

	@Test
	void consentPageWhenNicknamesHostileThenShowsThemAsText() {
		List<String> nicknames = nicknames().toList();
		for (int i = 0; i < nicknames.size(); i++) {
			site.bean(QqSimulator.class).addPerson(new QqPerson("attacker-" + i, nicknames.get(i), "男", null));
		}
		visitor.open(site.url() + "/oauth2/authorization/qq");
		checkPage("/oauth2.0/authorize");
		assertThat(visitor.page().locator("input[name=person]").count()).isGreaterThan(nicknames.size());
	}

	/**
	 * Verifies that the tests above detect unescaped payloads.
	 */
	@Test
	void payloadsWhenNotEscapedThenRun() {
		Page page = visitor.page();
		visitor.open(site.url() + "/");
		page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=attacker onerror=ran()>')");
		page.waitForCondition(() -> !ran.isEmpty());
		assertThat(scriptedElements()).hasSize(1);
		assertThat(loaded).first().isEqualTo(site.url() + "/attacker");
		ran.clear();
		page.setContent("<svg onload=ran()></svg><script>ran()</script>");
		page.waitForCondition(() -> ran.size() == 2);
	}

	/**
	 * Starts a login and returns the callback URL after the person has approved it.
	 */
	private static String callback(QqPerson person) {
		APIResponse start = visitor.page()
			.request()
			.get(site.url() + "/oauth2/authorization/qq", RequestOptions.create().setMaxRedirects(0));
		QqSimulator qq = site.bean(QqSimulator.class);
		qq.addPerson(person);
		return qq.approve(URI.create(start.headers().get("location")), person).toString();
	}

	private static void checkPage(String path) {
		assertThat(visitor.path()).isEqualTo(path);
		visitor.checkPageWithForeignText(path);
		assertThat(scriptedElements()).isEmpty();
		assertThat(ran).isEmpty();
		assertThat(loaded).isEmpty();
	}

	private static List<?> scriptedElements() {
		return (List<?>) visitor.page().evaluate(SCRIPTED_ELEMENTS);
	}

	private static String heading() {
		return visitor.page().locator("h1").textContent();
	}

	private static @Nullable String storedNickname() {
		return site.jdbc().sql("select nickname from qq_account_binding").query(String.class).optional().orElse(null);
	}

}
