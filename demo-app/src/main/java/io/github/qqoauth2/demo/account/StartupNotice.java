package io.github.qqoauth2.demo.account;

import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Logs the address of the shop, the QQ server in use and the demo accounts.
 */
@Component
final class StartupNotice implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(StartupNotice.class);

	private final AccountRepository accounts;

	private final DemoAccountsProperties properties;

	private final Environment environment;

	StartupNotice(AccountRepository accounts, DemoAccountsProperties properties, Environment environment) {
		this.accounts = accounts;
		this.properties = properties;
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		logger.info("""


				  Onepage is open at http://%s:%s, and as a single page at /app/
				  QQ: %s
				  Text messages and mails: /outbox
				  Accounts (user name / password):
				%s
				""".formatted(this.environment.getProperty("server.address", "localhost"),
				this.environment.getProperty("local.server.port", "?"), qq(), demoAccounts()));
	}

	private String qq() {
		String baseUri = this.environment.getProperty("qq.oauth2.base-uri", "https://graph.qq.com");
		boolean simulated = this.environment.containsProperty("qq.simulator.url");
		return simulated ? "simulated at " + baseUri + "; the real QQ is never called" : baseUri;
	}

	private String demoAccounts() {
		return this.properties.accounts()
			.stream()
			.filter((demo) -> this.accounts.findByUsername(demo.username()).isPresent())
			.map((demo) -> "    " + demo)
			.collect(Collectors.joining("\n"));
	}

}
