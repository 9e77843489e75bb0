package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutionException;

import javax.crypto.Cipher;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Loads the classes that the first call to QQ needs, without a connection to another
 * machine: a cold JVM with little CPU takes seconds for them.
 */
final class WarmUp {

	private static final String REPLY = "callback( {\"access_token\":\"A\",\"expires_in\":\"1\",\"error\":null} );";

	private WarmUp() {
	}

	static void run(HttpClient client) throws Exception {
		Reply.read(REPLY.getBytes(StandardCharsets.UTF_8), "text/html");
		sayHello(client.sslContext().createSSLEngine("localhost", 443));
		Cipher.getInstance("AES/GCM/NoPadding");
		checkCertificate();
		connectNowhere(client);
	}

	// The first message of a handshake, which is not sent.
	private static void sayHello(SSLEngine engine) throws SSLException {
		engine.setUseClientMode(true);
		engine.beginHandshake();
		ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
		while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && hello.position() == 0) {
			engine.wrap(ByteBuffer.allocate(0), hello);
		}
	}

	private static void checkCertificate() throws GeneralSecurityException {
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init((KeyStore) null);
		for (TrustManager manager : factory.getTrustManagers()) {
			if (manager instanceof X509TrustManager trust && trust.getAcceptedIssuers().length > 0) {
				X509Certificate issuer = trust.getAcceptedIssuers()[0];
				trust.checkServerTrusted(new X509Certificate[] { issuer }, issuer.getPublicKey().getAlgorithm());
			}
		}
	}

	// To a port of this machine that is bound, so that no other process has it, but not
	// listening.
	private static void connectNowhere(HttpClient client) throws IOException, InterruptedException {
		try (Socket port = new Socket()) {
			port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			URI uri = URI.create("https://127.0.0.1:" + port.getLocalPort());
			if (OutgoingProxy.of(uri) == null) {
				client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()).get();
			}
		}
		catch (ExecutionException ex) {
			// refused, as expected
		}
	}

}
