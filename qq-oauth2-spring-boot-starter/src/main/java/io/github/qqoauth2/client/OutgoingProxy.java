package io.github.qqoauth2.client;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP proxy that the JVM uses for an address.
 *
 * @param host the host
 * @param port the port
 */
record OutgoingProxy(String host, int port) {

	static @Nullable OutgoingProxy of(URI uri) {
		ProxySelector selector = ProxySelector.getDefault();
		if (selector == null) {
			return null;
		}
		return selector.select(uri)
			.stream()
			.findFirst()
			.filter((proxy) -> proxy.type() == Proxy.Type.HTTP)
			.map((proxy) -> (InetSocketAddress) proxy.address())
			.map((address) -> new OutgoingProxy(address.getHostString(), address.getPort()))
			.orElse(null);
	}

	InetSocketAddress address() {
		return InetSocketAddress.createUnresolved(this.host, this.port);
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

	/**
	 * Asks the JVM's default authenticator, for the password of a proxy only. It does not
	 * get the URL, whose query contains secret and code.
	 */
	static final class Passwords extends Authenticator {

		@Override
		protected @Nullable PasswordAuthentication getPasswordAuthentication() {
			return (getRequestorType() == RequestorType.PROXY) ? requestPasswordAuthentication(getRequestingHost(),
					getRequestingSite(), getRequestingPort(), getRequestingProtocol(), getRequestingPrompt(),
					getRequestingScheme(), null, RequestorType.PROXY) : null;
		}

	}

}
