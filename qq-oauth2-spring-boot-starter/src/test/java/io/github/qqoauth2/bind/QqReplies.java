package io.github.qqoauth2.bind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.qqoauth2.client.QqClient;

/**
 * A server with a fixed reply for each path of QQ, and a client of it.
 */
final class QqReplies implements AutoCloseable {

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	private final Map<String, String> replies;

	/**
	 * Starts the server.
	 * @param replies the replies by path, sent as JSON
	 */
	QqReplies(Map<String, String> replies) {
		this.replies = replies;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::reply);
		this.server.start();
	}

	private void reply(HttpExchange exchange) throws IOException {
		String path = exchange.getRequestURI().getPath();
		this.requests.add(path);
		byte[] body = this.replies.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	private String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/**
	 * Returns the paths that were requested.
	 */
	List<String> requests() {
		return this.requests;
	}

	QqClient client() {
		return new QqClient(URI.create(url()), false, Duration.ofSeconds(5), 10, ObservationRegistry.NOOP);
	}

	OAuth2UserRequest userRequest(Map<String, Object> tokenReply) {
		ClientRegistration registration = ClientRegistration.withRegistrationId("qq")
			.clientId("101")
			.clientSecret("key")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("http://localhost/login/oauth2/code/qq")
			.authorizationUri(url() + "/oauth2.0/authorize")
			.tokenUri(url() + "/oauth2.0/token")
			.userInfoUri(url() + "/user/get_user_info")
			.build();
		Instant now = Instant.now();
		return new OAuth2UserRequest(registration,
				new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "TOKEN", now, now.plusSeconds(60)),
				tokenReply);
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
