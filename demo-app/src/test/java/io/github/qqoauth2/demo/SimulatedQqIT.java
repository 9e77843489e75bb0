package io.github.qqoauth2.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the selection of the QQ server. The real QQ is never called: only the redirect to
 * it is checked.
 */
class SimulatedQqIT {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	@TempDir
	Path folder;

	@Test
	void startWhenNoAppIdThenSimulatesQq() throws Exception {
		try (ConfigurableApplicationContext context = open("--qq.oauth2.app-id=")) {
			URI simulator = context.getBean(QqSimulator.class).url();
			assertThat(context.getEnvironment().getProperty("qq.oauth2.base-uri")).isEqualTo(simulator.toString());
			assertThat(get(context, "/oauth2/authorization/qq").headers().firstValue("Location").orElseThrow())
				.startsWith(simulator + "/oauth2.0/authorize?");
			assertThat(get(context, "/login").body()).contains("Simulated QQ");
		}
	}

	@Test
	void startWhenAppIdThenUsesRealQqAndNoSimulator() throws Exception {
		try (ConfigurableApplicationContext context = open("--qq.oauth2.app-id=100000001",
				"--qq.oauth2.app-key=0123456789abcdef")) {
			assertThat(context.getBeanNamesForType(QqSimulator.class)).isEmpty();
			assertThat(get(context, "/oauth2/authorization/qq").headers().firstValue("Location").orElseThrow())
				.startsWith("https://graph.qq.com/oauth2.0/authorize?");
			assertThat(get(context, "/login").body()).doesNotContain("Simulated QQ");
		}
	}

	private ConfigurableApplicationContext open(String... arguments) {
		return new SpringApplicationBuilder(OnepageApplication.class)
			.run(Stream.concat(Stream.of("--server.port=0", "--onepage.data-dir=" + this.folder), Stream.of(arguments))
				.toArray(String[]::new));
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext context, String path) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return CLIENT.send(
				HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(TIMEOUT).build(),
				HttpResponse.BodyHandlers.ofString());
	}

}
