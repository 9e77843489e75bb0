package io.github.qqoauth2.demo;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

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
		Stream<String> own = Stream.of("--server.port=0", "--onepage.data-dir=" + folder, "--qq.oauth2.app-id=",
				"--spring.main.banner-mode=off");
		return new DemoSite(new SpringApplicationBuilder(OnepageApplication.class, BrokenPage.class)
			.run(Stream.concat(own, Stream.of(arguments)).toArray(String[]::new)));
	}

	String url() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	String property(String name) {
		return this.context.getEnvironment().getRequiredProperty(name);
	}

	JdbcClient jdbc() {
		return bean(JdbcClient.class);
	}

	/**
	 * Nobody has bound a QQ, noted anything or asked to be remembered.
	 */
	void forgetWhatReadersDid() {
		for (String table : new String[] { "qq_account_binding", "note", "reading_list_entry", "persistent_logins" }) {
			jdbc().sql("delete from " + table).update();
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
