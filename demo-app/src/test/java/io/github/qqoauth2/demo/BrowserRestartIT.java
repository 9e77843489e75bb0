package io.github.qqoauth2.demo;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reader whose shop was closed overnight.
 */
class BrowserRestartIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@TempDir
	Path folder;

	@Test
	void loginWhenSiteWasRestartedThenQqAloneIsEnoughAndNotesAreThere() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_CHINESE)) {
			visitor.opens(site.url() + "/books/1/notes");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			visitor.binds("alice", "reads-at-night");
			visitor.fills("text", "读到第三回");
			visitor.clicksButton("保存笔记", "Save note");
		}
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_CHINESE)) {
			visitor.opens(site.url() + "/shelf");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			assertThat(visitor.path()).isEqualTo("/shelf");
			visitor.looksAt("40-shelf-after-restart", 200, "读到第三回", "小明");
			assertThat(visitor.visited()).doesNotContain("/bind");
		}
	}

}
