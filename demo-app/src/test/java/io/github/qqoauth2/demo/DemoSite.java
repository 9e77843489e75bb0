package io.github.qqoauth2.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

import io.github.qqoauth2.demo.outbox.Outbox;

/**
 * The shop as its visitors have it: on a port, with its data in a folder, and with the
 * simulated QQ whatever the environment says. As an extension it is open for all tests of
 * a class, and forgets after each what readers did.
 */
final class DemoSite implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

	private final List<Class<?>> sources;

	private final List<String> arguments;

	private @Nullable Path ownFolder;

	private @Nullable ConfigurableApplicationContext context;

	private DemoSite(List<Class<?>> sources, List<String> arguments) {
		this.sources = sources;
		this.arguments = arguments;
	}

	/**
	 * For the tests of a class, not open yet.
	 */
	static DemoSite of(String... arguments) {
		return new DemoSite(List.of(), List.of(arguments));
	}

	/**
	 * The same with beans of the tests.
	 */
	DemoSite with(Class<?>... beans) {
		return new DemoSite(List.of(beans), this.arguments);
	}

	/**
	 * Open, with its data in this folder.
	 */
	static DemoSite open(Path folder, String... arguments) {
		return of(arguments).openIn(folder);
	}

	/**
	 * This one, opened with its data in this folder.
	 */
	DemoSite openIn(Path folder) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--qq.oauth2.app-id=", "--spring.main.banner-mode=off"));
		all.add("--onepage.data-dir=" + folder);
		all.addAll(this.arguments);
		this.context = new SpringApplicationBuilder(OnepageApplication.class, BrokenPage.class)
			.properties("onepage.guard.captcha-after=1000", "onepage.guard.attempts=1000")
			.sources(this.sources.toArray(Class<?>[]::new))
			.run(all.toArray(String[]::new));
		return this;
	}

	@Override
	public void beforeAll(ExtensionContext test) throws IOException {
		this.ownFolder = Files.createTempDirectory("shop");
		openIn(this.ownFolder);
	}

	@Override
	public void afterEach(ExtensionContext test) {
		forgetWhatReadersDid();
	}

	@Override
	public void afterAll(ExtensionContext test) throws IOException {
		close();
		FileSystemUtils.deleteRecursively(this.ownFolder);
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	String url() {
		return "http://127.0.0.1:" + context().getEnvironment().getRequiredProperty("local.server.port");
	}

	<T> T bean(Class<T> type) {
		return context().getBean(type);
	}

	List<String> names(Class<?> type) {
		return List.of(context().getBeanNamesForType(type));
	}

	String property(String name) {
		return context().getEnvironment().getRequiredProperty(name);
	}

	JdbcClient jdbc() {
		return bean(JdbcClient.class);
	}

	/**
	 * Nobody has come since the shop opened, and nobody was sent anything.
	 */
	void forgetWhatReadersDid() {
		for (String table : new String[] { "qq_account_binding", "note", "reading_list_entry", "persistent_logins",
				"sms_code", "password_reset", "account_activity" }) {
			jdbc().sql("delete from " + table).update();
		}
		jdbc().sql("delete from account where username like 'qq_%'").update();
		bean(Outbox.class).clear();
	}

	/**
	 * The six digits in the last text message.
	 */
	String lastCode() {
		String text = bean(Outbox.class).messages().get(0).text();
		return text.replaceAll("(?s).*?([0-9]{6}).*", "$1");
	}

	List<String> list(String sql) {
		return jdbc().sql(sql).query((row, number) -> row.getString(1)).list();
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
