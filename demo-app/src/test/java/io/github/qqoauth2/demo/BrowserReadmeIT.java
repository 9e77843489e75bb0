package io.github.qqoauth2.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's calls, pasted into the console of the running demo.
 */
class BrowserReadmeIT {

	private static final Pattern SCRIPT = Pattern.compile("```js\\n(.*?)```", Pattern.DOTALL);

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	private static List<String> scripts(String readme) throws IOException {
		List<String> scripts = SCRIPT.matcher(Files.readString(Path.of("..", readme)))
			.results()
			.map((block) -> block.group(1))
			.toList();
		assertThat(scripts).hasSize(4);
		return scripts;
	}

	private static Object paste(Page page, String script) {
		return page.evaluate("async () => {\n" + script + "\n}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void callsWhenPastedIntoTheConsoleThenBindAndUnlink(String readme) throws IOException {
		List<String> scripts = scripts(readme);
		List<String> lines = scripts.get(2).lines().toList();
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.opens(site.url() + "/app/");
			paste(visitor.page(), scripts.get(0) + scripts.get(1));
			visitor.agreesAs("xiaoming");
			visitor.page().waitForURL("**/bind");
			assertThat(paste(visitor.page(), scripts.get(0) + lines.get(0) + "\nreturn nickname")).isEqualTo("小明");
			paste(visitor.page(), scripts.get(0) + lines.get(0) + "\n" + lines.get(1));
			assertThat(paste(visitor.page(), scripts.get(0) + "return " + lines.get(2)))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("username")).isEqualTo("alice"))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("bound")).isEqualTo(true));
			assertThat(paste(visitor.page(), scripts.get(0) + "return " + lines.get(3)))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("bound")).isEqualTo(false));
		}
	}

	/**
	 * In a front end that has the interceptor and nothing else.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void interceptorWhenQqIsNewThenLetsItBindAndOtherwiseLeadsToTheLogin(String readme) throws IOException {
		List<String> scripts = scripts(readme);
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			Page page = visitor.page();
			visitor.opens(site.url() + "/app/");
			paste(page, scripts.get(0) + scripts.get(1));
			page.waitForURL("**/oauth2.0/authorize?*");
			URI callback = site.bean(QqSimulator.class).approve(URI.create(page.url()), QqPerson.XIAO_MING);
			page.route("**/login/oauth2/code/qq?*", (route) -> route
				.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("a route of the front end")));
			page.navigate(callback.toString());
			page.evaluate(new ClassPathResource("META-INF/resources/webjars/axios/1.7.9/dist/axios.min.js")
				.getContentAsString(StandardCharsets.UTF_8));
			paste(page, "globalThis.routes = []; const router = { push: (route) => routes.push(route) }\n"
					+ scripts.get(3));
			assertThat(refusal(page,
					"axios.post('/login/oauth2/code/qq', "
							+ "Object.fromEntries(new URLSearchParams(location.search)))"))
				.isEqualTo("binding-required");
			assertThat(page.evaluate("routes")).isEqualTo(List.of());
			assertThat(refusal(page, "axios.get('/account/qq')")).isEqualTo("login-required");
			assertThat(page.evaluate("routes")).isEqualTo(List.of("/login"));
		}
	}

	private static Object refusal(Page page, String call) {
		return paste(page, "return " + call + ".catch((failure) => failure.response.data.code)");
	}

}
