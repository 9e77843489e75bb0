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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the README's JavaScript snippets in the console of a browser that shows the demo.
 */
@Tag("browser")
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

	private static Object run(Page page, String script) {
		return page.evaluate("async () => {\n" + script + "\n}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void snippetsWhenRunInConsoleThenBindAndUnlink(String readme) throws IOException {
		List<String> scripts = scripts(readme);
		List<String> lines = scripts.get(2).lines().toList();
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.open(site.url() + "/app/");
			run(visitor.page(), scripts.get(0) + scripts.get(1));
			visitor.approveAs("xiaoming");
			visitor.page().waitForURL("**/bind");
			assertThat(run(visitor.page(), scripts.get(0) + lines.get(0) + "\nreturn nickname")).isEqualTo("小明");
			run(visitor.page(), scripts.get(0) + lines.get(0) + "\n" + lines.get(1));
			assertThat(run(visitor.page(), scripts.get(0) + "return " + lines.get(2)))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("username")).isEqualTo("alice"))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("bound")).isEqualTo(true));
			assertThat(run(visitor.page(), scripts.get(0) + "return " + lines.get(3))).isInstanceOfSatisfying(Map.class,
					(account) -> assertThat(account.get("bound")).isEqualTo(false));
		}
	}

	/**
	 * Runs in a front end that contains only the interceptor.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void interceptorWhenBindingRequiredThenPassesItOnAndOtherwiseRoutesToLogin(String readme) throws IOException {
		List<String> scripts = scripts(readme);
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			Page page = visitor.page();
			visitor.open(site.url() + "/app/");
			run(page, scripts.get(0) + scripts.get(1));
			page.waitForURL("**/oauth2.0/authorize?*");
			URI callback = site.bean(QqSimulator.class).approve(URI.create(page.url()), QqPerson.XIAO_MING);
			page.route("**/login/oauth2/code/qq?*", (route) -> route
				.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("a route of the front end")));
			page.navigate(callback.toString());
			page.evaluate(new ClassPathResource("META-INF/resources/webjars/axios/1.7.9/dist/axios.min.js")
				.getContentAsString(StandardCharsets.UTF_8));
			run(page, "globalThis.routes = []; const router = { push: (route) => routes.push(route) }\n"
					+ scripts.get(3));
			assertThat(errorCode(page,
					"axios.post('/login/oauth2/code/qq', "
							+ "Object.fromEntries(new URLSearchParams(location.search)))"))
				.isEqualTo("binding-required");
			assertThat(page.evaluate("routes")).isEqualTo(List.of());
			assertThat(errorCode(page, "axios.get('/account/qq')")).isEqualTo("login-required");
			assertThat(page.evaluate("routes")).isEqualTo(List.of("/login"));
		}
	}

	private static Object errorCode(Page page, String call) {
		return run(page, "return " + call + ".catch((failure) => failure.response.data.code)");
	}

}
