package io.github.qqoauth2.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only a browser can show: pages that refuse a frame, and where addresses go.
 */
@ExtendWith(Chromium.Required.class)
class BrowserSecurityIT {

	@TempDir
	Path folder;

	@Test
	@Tag("T-12")
	void pagesWhenFramedByAnotherSiteThenStayBlank() {
		try (Chromium chromium = Chromium.start();
				DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.opens(site.url() + "/login");
			visitor.signsIn("alice", "reads-at-night");
			for (String path : List.of("/login/qq/error", "/bind", "/account/qq")) {
				assertThat(framed(visitor.page(), site.url() + path)).as(path).startsWith("chrome-error://");
			}
			assertThat(framed(visitor.page(), "data:text/html,shown")).isEqualTo("data:text/html,shown");
		}
	}

	private static String framed(Page page, String address) {
		page.route("http://attacker.test/",
				(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
					.setBody("<iframe src=\"" + address + "\" width=\"600\" height=\"600\"></iframe>")));
		page.navigate("http://attacker.test/");
		page.waitForLoadState();
		page.unroute("http://attacker.test/");
		List<Frame> frames = page.frames();
		assertThat(frames).hasSize(2);
		return frames.get(1).url();
	}

	@Test
	@Tag("T-21")
	void callbackWhenAnsweredThenItsAddressGoesNowhereAndIsNotCalledAgain() {
		try (Chromium chromium = Chromium.start();
				DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			List<Request> requests = new CopyOnWriteArrayList<>();
			visitor.page().onRequest(requests::add);
			visitor.opens(site.url() + "/login");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			assertThat(visitor.page().url()).isEqualTo(site.url() + "/bind");
			visitor.seesAvatar(".avatar");
			assertThat(requests.stream().filter((request) -> host(request).endsWith(".qlogo.cn"))).isNotEmpty()
				.allSatisfy((request) -> {
					assertThat(request.url()).doesNotContain("code=", "state=", "token");
					assertThat(request.allHeaders()).doesNotContainKey("referer");
				});
			visitor.binds("alice", "reads-at-night");
			requests.clear();
			visitor.page().goBack();
			visitor.page().waitForLoadState();
			assertThat(requests).noneMatch((request) -> request.url().contains("/login/oauth2/code/qq"));
			visitor.opens(site.url() + "/me");
			assertThat(visitor.path()).isEqualTo("/me");
		}
	}

	private static String host(Request request) {
		return String.valueOf(URI.create(request.url()).getHost());
	}

}
