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
import io.github.qqoauth2.demo.outbox.OutboxMessage;

/**
 * Runs the shop on a free port, with its data in a folder and with the simulated QQ, also
 * if the environment has an app id. As an extension it runs for all tests of a class and
 * deletes the data of visitors after each test.
 */
final class DemoSite implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {

	private final List<Class<?>> sources;

	private final List<String> arguments;

	private @Nullable Path temporaryFolder;

	private @Nullable ConfigurableApplicationContext context;

	private DemoSite(List<Class<?>> sources, List<String> arguments) {
		this.sources = sources;
		this.arguments = arguments;
	}

	/**
	 * Creates a site for the tests of a class, without starting it.
	 */
	static DemoSite of(String... arguments) {
		return new DemoSite(List.of(), List.of(arguments));
	}

	/**
	 * Adds configuration classes of the tests.
	 */
	DemoSite with(Class<?>... beans) {
		return new DemoSite(List.of(beans), this.arguments);
	}

	/**
	 * Starts a site with its data in the folder.
	 */
	static DemoSite open(Path folder, String... arguments) {
		return of(arguments).openIn(folder);
	}

	/**
	 * Starts this site with its data in the folder.
	 */
	DemoSite openIn(Path folder) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--qq.oauth2.app-id=", "--spring.main.banner-mode=off"));
		all.add("--onepage.data-dir=" + folder);
		all.addAll(this.arguments);
		this.context = new SpringApplicationBuilder(OnepageApplication.class, FailingController.class)
			.properties("onepage.guard.captcha-after=1000", "onepage.guard.attempts=1000")
			.sources(this.sources.toArray(Class<?>[]::new))
			.run(all.toArray(String[]::new));
		return this;
	}

	@Override
	public void beforeAll(ExtensionContext test) throws IOException {
		this.temporaryFolder = Files.createTempDirectory("onepage");
		openIn(this.temporaryFolder);
	}

	@Override
	public void afterEach(ExtensionContext test) {
		deleteVisitorData();
	}

	@Override
	public void afterAll(ExtensionContext test) throws IOException {
		close();
		FileSystemUtils.deleteRecursively(this.temporaryFolder);
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

	List<String> beanNames(Class<?> type) {
		return List.of(context().getBeanNamesForType(type));
	}

	String property(String name) {
		return context().getEnvironment().getRequiredProperty(name);
	}

	JdbcClient jdbc() {
		return bean(JdbcClient.class);
	}

	/**
	 * Deletes all data except the demo accounts, and all sent messages.
	 */
	void deleteVisitorData() {
		for (String table : new String[] { "qq_account_binding", "note", "reading_list_entry", "persistent_logins",
				"sms_code", "password_reset", "account_activity" }) {
			jdbc().sql("delete from " + table).update();
		}
		jdbc().sql("delete from account where username like 'qq_%'").update();
		bean(Outbox.class).clear();
	}

	/**
	 * Returns the code in the last text message.
	 */
	String lastCode() {
		String text = bean(Outbox.class).messages()
			.stream()
			.map(OutboxMessage::text)
			.filter((candidate) -> candidate.matches("(?s).*[0-9]{6}.*"))
			.findFirst()
			.orElseThrow();
		return text.replaceAll("(?s).*?([0-9]{6}).*", "$1");
	}

	List<String> queryForList(String sql) {
		return jdbc().sql(sql).query((row, number) -> row.getString(1)).list();
	}

	@Override
	public void close() {
		if (this.context != null) {
			this.context.close();
		}
	}

}
