package io.github.qqoauth2.demo;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A restart of the shop between two visits, in a browser.
 */
@Tag("browser")
class BrowserRestartIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@TempDir
	Path folder;

	@Test
	void loginWhenRestartedThenQqSignsInAndNotesExist() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_CHINESE)) {
			visitor.open(site.url() + "/books/1/notes");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.submitBindForm("alice", "reads-at-night");
			visitor.fill("text", "读到第三回");
			visitor.clickButton("保存笔记", "Save note");
		}
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_CHINESE)) {
			visitor.open(site.url() + "/shelf");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			assertThat(visitor.path()).isEqualTo("/shelf");
			visitor.checkPage("40-shelf-after-restart", 200, "读到第三回", "小明");
			assertThat(visitor.takeVisitedPaths()).doesNotContain("/bind");
		}
	}

}
