package io.github.qqoauth2.readme;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import io.github.qqoauth2.simulator.QqSimulator;

/**
 * A running application with its own simulator.
 */
final class Site implements AutoCloseable {

	private final QqSimulator qq = QqSimulator.start();

	private final GeneratedApplication.ProgramRun program;

	private Site(GeneratedApplication application, Map<String, String> environment) {
		Map<String, String> all = new HashMap<>(
				Map.of("QQ_APP_ID", QqSimulator.APP_ID, "QQ_APP_KEY", QqSimulator.APP_KEY, "QQ_OAUTH2_BASEURI",
						this.qq.url().toString(), "SERVER_PORT", "0", "SERVER_ADDRESS", "127.0.0.1"));
		all.putAll(environment);
		this.program = application.start(all);
	}

	/**
	 * Starts an application.
	 * @param application the application
	 * @param environment further environment variables besides app id, app key, base URI
	 * and port
	 */
	static Site start(GeneratedApplication application, Map<String, String> environment) {
		return new Site(application, environment);
	}

	QqSimulator qq() {
		return this.qq;
	}

	GeneratedApplication.ProgramRun program() {
		return this.program;
	}

	Browser browser() throws InterruptedException {
		int port = this.program.awaitNumberAfter("Tomcat started on port ");
		return new Browser(URI.create("http://127.0.0.1:" + port + "/"));
	}

	@Override
	public void close() {
		try (this.qq) {
			this.program.close();
		}
	}

}
