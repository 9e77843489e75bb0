package io.github.qqoauth2.demo.password;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Where the shop is, for links in mails. Never what a request says: whoever asks for a
 * link would choose where it leads.
 */
@Component
final class ShopAddress {

	private final Environment environment;

	ShopAddress(Environment environment) {
		this.environment = environment;
	}

	String of(String path) {
		String url = this.environment.getProperty("onepage.url");
		return ((url != null) ? url : "http://" + this.environment.getProperty("server.address", "localhost") + ":"
				+ this.environment.getProperty("local.server.port", "8080")) + path;
	}

}
