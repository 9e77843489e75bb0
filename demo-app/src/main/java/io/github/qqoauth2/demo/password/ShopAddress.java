package io.github.qqoauth2.demo.password;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Builds the links in mails. The address of the shop is never taken from a request,
 * because its sender could then choose the target of the link.
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
