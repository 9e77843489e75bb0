package io.github.qqoauth2.simulator;

import java.net.URI;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates the connection factories of the port, from TLS to HTTP.
 */
final class Protocols {

	private final @Nullable Certificates certificates;

	Protocols(@Nullable Certificates certificates) {
		this.certificates = certificates;
	}

	URI url(String host, int port) {
		if (this.certificates != null) {
			return URI.create("https://localhost:" + port);
		}
		return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
	}

	Certificates certificates() {
		if (this.certificates == null) {
			throw new IllegalStateException("The simulator does not use TLS");
		}
		return this.certificates;
	}

	void check(QqNetwork network) {
		if (this.certificates == null && network.name().startsWith("TLS_")) {
			throw new IllegalStateException(network + " requires a simulator with TLS");
		}
	}

	ConnectionFactory[] factories(QqNetwork network) {
		HttpConfiguration configuration = new HttpConfiguration();
		configuration.setSendServerVersion(false);
		configuration.setUriCompliance(UriCompliance.UNSAFE);
		HttpConnectionFactory http = new HttpConnectionFactory(configuration);
		if (this.certificates == null) {
			return factories(http);
		}
		if (network == QqNetwork.TLS_STALL || network == QqNetwork.TLS_1_0) {
			return factories(new BrokenHandshake(network == QqNetwork.TLS_1_0));
		}
		SslContextFactory.Server tls = new SslContextFactory.Server();
		tls.setSslContext(this.certificates.serverContext(network));
		ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
		alpn.setDefaultProtocol(http.getProtocol());
		return factories(new SslConnectionFactory(tls, alpn.getProtocol()), alpn,
				new HTTP2ServerConnectionFactory(configuration), http);
	}

	private static ConnectionFactory[] factories(ConnectionFactory... factories) {
		return factories;
	}

}
