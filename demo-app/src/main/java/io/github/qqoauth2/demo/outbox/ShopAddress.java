package io.github.qqoauth2.demo.outbox;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Builds the links in mails. The address of the shop is never taken from a request,
 * because its sender could then choose the target of the link.
 */
@Component
public final class ShopAddress {

	private final Environment environment;

	ShopAddress(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Returns the address of a page.
	 * @param path its path
	 * @return the address
	 */
	public String of(String path) {
		String url = this.environment.getProperty("onepage.url");
		return ((url != null) ? url : "http://" + this.environment.getProperty("server.address", "localhost") + ":"
				+ this.environment.getProperty("local.server.port", "8080")) + path;
	}

}
