package io.github.qqoauth2.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.github.qqoauth2.demo.outbox.Outbox;

/**
 * The shop as its visitors have it: on a port, with its data in a folder, and with the
 * simulated QQ whatever the environment says.
 */
final class DemoSite implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private DemoSite(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static DemoSite open(Path folder, String... arguments) {
		return open(folder, List.of(), arguments);
	}

	static DemoSite open(Path folder, List<Class<?>> sources, String... arguments) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--qq.oauth2.app-id=", "--spring.main.banner-mode=off"));
		all.add("--onepage.data-dir=" + folder);
		all.addAll(List.of(arguments));
		return new DemoSite(new SpringApplicationBuilder(OnepageApplication.class, BrokenPage.class)
			.properties("onepage.guard.captcha-after=1000", "onepage.guard.attempts=1000")
			.sources(sources.toArray(Class<?>[]::new))
			.run(all.toArray(String[]::new)));
	}

	String url() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	List<String> names(Class<?> type) {
		return List.of(this.context.getBeanNamesForType(type));
	}

	String property(String name) {
		return this.context.getEnvironment().getRequiredProperty(name);
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
		this.context.close();
	}

}
