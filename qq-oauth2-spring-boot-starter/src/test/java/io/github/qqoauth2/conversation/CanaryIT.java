package io.github.qqoauth2.conversation;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.qqoauth2.simulator.QqApp;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Secrets, codes, tokens and openids are looked for in everything that a run leaves: the
 * log of our own and of Spring's packages at TRACE, observations, pages and headers.
 */
@Tag("T-20")
class CanaryIT {

	private static final String KEY = "CANARYkey7f3d9a1c5e2b8046";

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@Test
	void everythingWhenRunWithFaultsThenHoldsNoSecret() {
		qq.addApp(new QqApp("101009999", KEY));
		List<String> secrets = new ArrayList<>(List.of(KEY, QqPerson.XIAO_MING.openid("101009999")));
		List<String> seen = new ArrayList<>();
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		PrintStream out = System.out;
		System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
		try (Application application = Application.with(qq)
			.source(Site.WithChain.class, Observed.class)
			.property("qq.oauth2.app-id", "101009999")
			.property("qq.oauth2.app-key", KEY)
			.property("qq.oauth2.login-timeout", "2s")
			.property("logging.level.io.github.qqoauth2", "trace")
			.property("logging.level.org.springframework.security", "trace")
			// writes the query of every request, and so the code of a callback, which is
			// used by then
			.property("logging.level.org.springframework.security.web.FilterChainProxy", "info")
			.property("logging.level.org.springframework.web.client", "trace")
			.property("logging.level.org.springframework.http", "trace")
			.property("logging.level.jdk.httpclient", "trace")
			.start()) {
			run(application, secrets, seen);
			seen.addAll(application.bean(Contexts.class).contexts);
		}
		finally {
			System.setOut(out);
		}
		seen.add(log.toString(StandardCharsets.UTF_8));
		assertThat(secrets).hasSizeGreaterThan(20);
		assertThat(seen).hasSizeGreaterThan(50);
		for (String secret : secrets) {
			for (String form : forms(secret)) {
				assertThat(seen.stream().flatMap(String::lines).filter((line) -> line.contains(form))).as(form)
					.isEmpty();
			}
		}
	}

	private static void run(Application application, List<String> secrets, List<String> seen) {
		for (QqReply fault : faults()) {
			for (QqEndpoint endpoint : List.of(QqEndpoint.TOKEN, QqEndpoint.ME, QqEndpoint.USER_INFO)) {
				qq.clearRequests();
				qq.needOpenid(endpoint != QqEndpoint.ME);
				qq.enqueue(endpoint, fault);
				Visit visit = new Visit(application, qq);
				seen.add(visit.comeBack(QqPerson.XIAO_MING).headers().toString());
				seen.add(visit.browser().get("login/qq/error").body());
				seen.add(visit.browser().get("login/qq/bind").body());
				collect(secrets);
				qq.reset();
			}
		}
		Visit visit = new Visit(application, qq);
		visit.comeBack(QqPerson.XIAO_MING);
		Browser.Page page = visit.browser().get("login/qq/bind");
		seen.add(page.body());
		seen.add(visit.bind("alice", "alice-password").headers().toString());
		seen.add(visit.browser().get("account/qq").body());
		seen.add(visit.browser().get("").body());
		seen.add(visit.browser().post("account/qq", Map.of("binding", "x")).body());
		collect(secrets);
	}

	private static List<QqReply> faults() {
		return List.of(QqReply.error(100019, "x"), QqReply.status(500), QqReply.reset(),
				QqReply.hang(Duration.ofSeconds(3)), QqReply.of(200, "text/html", "<html>maintenance</html>"),
				QqReply.normal().cutAfter(20), QqReply.of(200, "text/html", "callback( {\"access_token\":\"T"));
	}

	/**
	 * What was really on the wire in this login.
	 */
	private static void collect(List<String> secrets) {
		for (var request : qq.requests()) {
			for (String name : List.of("code", "access_token", "client_secret")) {
				String value = request.parameter(name);
				if (value != null && !secrets.contains(value)) {
					secrets.add(value);
				}
			}
		}
	}

	private static List<String> forms(String secret) {
		byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
		return List.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8),
				Base64.getEncoder().withoutPadding().encodeToString(bytes),
				Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), secret.substring(0, secret.length() / 2),
				secret.substring(secret.length() / 2));
	}

	/**
	 * What observations carried.
	 */
	static class Contexts implements ObservationHandler<Observation.Context> {

		final List<String> contexts = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.contexts.add(context.getName() + context.getAllKeyValues() + context.getContextualName()
					+ ((context.getError() != null) ? stackOf(context.getError()) : ""));
		}

		private static String stackOf(Throwable error) {
			StringBuilder text = new StringBuilder();
			for (Throwable cause = error; cause != null; cause = cause.getCause()) {
				text.append(cause);
			}
			return text.toString();
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observed {

		@Bean
		Contexts contexts() {
			return new Contexts();
		}

		@Bean
		ObservationRegistry observationRegistry(Contexts contexts) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(contexts);
			return Objects.requireNonNull(registry);
		}

	}

}
