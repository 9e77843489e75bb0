package io.github.qqoauth2.conversation.operation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqApp;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Searches everything that a run leaves behind for secrets, codes, tokens and openids:
 * the logs at TRACE, observations, pages and headers, sessions, every table, and the
 * actuator.
 */
@Tag("T-20")
class CanaryIT {

	private static final String APP_ID = "101009999";

	private static final String KEY = "CANARYkey7f3d9a1c5e2b8046";

	private static final String ACCESS_TOKEN = "CANARY0A1B2C3D4E5F60718293A4B5C6D7E8F9";

	private static final String REFRESH_TOKEN = "CANARYF9E8D7C6B5A4938271605F4E3D2C1B0A";

	/**
	 * Openids are expected in the column of the table, and in the session while a binding
	 * is pending.
	 */
	private static final List<String> EXPECTED_OPENIDS = List.of("table QQ_ACCOUNT_BINDING.OPENID",
			"session SPRING_SECURITY_QQ_PENDING");

	private static final QqSimulator qq = QqSimulator.start();

	private final List<String> openids = List.of(QqPerson.XIAO_MING.openid(APP_ID), QqPerson.PANDA.openid(APP_ID));

	private final Set<String> secrets = new LinkedHashSet<>(List.of(KEY, ACCESS_TOKEN, REFRESH_TOKEN));

	private final List<Trace> traces = new ArrayList<>();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@Test
	void runWhenFaultsThenLeavesNoSecret() throws Exception {
		qq.addApp(new QqApp(APP_ID, KEY));
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		PrintStream out = System.out;
		System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
		try (Application application = application()) {
			run(application);
			recordSessions(application);
			recordTables(application);
			application.bean(Contexts.class).contexts.forEach((context) -> record("observation", context));
		}
		finally {
			System.setOut(out);
		}
		record("log", log.toString(StandardCharsets.UTF_8));
		assertThat(this.secrets).hasSizeGreaterThan(60);
		assertEveryPlaceIsRecorded();
		assertAbsent(this.secrets, List.of());
		assertAbsent(this.openids, EXPECTED_OPENIDS);
	}

	private static Application application() {
		return Application.with(qq)
			.source(Site.WithChain.class, Observed.class)
			.property("qq.oauth2.app-id", APP_ID)
			.property("qq.oauth2.app-key", KEY)
			.property("qq.oauth2.login-timeout", "1s")
			.property("management.endpoints.web.exposure.include", "*")
			.property("logging.level.io.github.qqoauth2", "trace")
			.property("logging.level.org.springframework.security", "trace")
			// logs the query of every request, and with it the code of a callback,
			// which has been used by then
			.property("logging.level.org.springframework.security.web.FilterChainProxy", "info")
			.property("logging.level.org.springframework.web", "trace")
			.property("logging.level.org.springframework.http", "trace")
			.property("logging.level.org.springframework.boot", "trace")
			.property("logging.level.jdk.httpclient", "trace")
			.start();
	}

	private void run(Application application) {
		for (QqReply fault : faults()) {
			for (QqEndpoint endpoint : List.of(QqEndpoint.TOKEN, QqEndpoint.ME, QqEndpoint.USER_INFO)) {
				qq.needOpenid(endpoint != QqEndpoint.ME);
				qq.enqueue(endpoint, fault);
				visit(new Visit(application, qq));
			}
		}
		for (QqReply tokens : tokens()) {
			qq.enqueue(QqEndpoint.TOKEN, tokens);
			visit(new Visit(application, qq));
		}
		Visit visit = new Visit(application, qq);
		visit(visit);
		record("header", visit.bind("alice", "alice-password").headers().toString());
		visit(visit);
		visit(new Visit(application, qq));
		Visit pending = new Visit(application, qq);
		pending.qqLogin(QqPerson.PANDA);
		collectSecrets();
		record("page", visit.browser().post("account/qq", Map.of("binding", "x")).body());
		recordActuator(visit.browser().header("Accept", "application/json"));
	}

	private void visit(Visit visit) {
		record("header", visit.qqLogin(QqPerson.XIAO_MING).headers().toString());
		for (String path : List.of("login/qq/error", "login/qq/bind", "account/qq", "")) {
			Browser.Page page = visit.browser().get(path);
			record("header", page.headers().toString());
			record("page", page.body());
		}
		collectSecrets();
		qq.reset();
	}

	private static List<QqReply> faults() {
		return List.of(QqReply.error(100019, KEY), QqReply.error(100016, ACCESS_TOKEN), QqReply.status(500),
				QqReply.status(403), QqReply.redirect(URI.create("http://127.0.0.1:1/" + KEY), 302), QqReply.reset(),
				QqReply.hang(Duration.ofSeconds(2)), QqReply.endless(), QqReply.gzipBomb(1 << 24),
				QqReply.gzip(KEY.getBytes(StandardCharsets.UTF_8)),
				QqReply.notHttp(KEY.getBytes(StandardCharsets.UTF_8)),
				QqReply.of(200, "text/html", "<html>" + KEY + "</html>"),
				QqReply.of(200, "text/html", "callback( {\"access_token\":\"" + ACCESS_TOKEN),
				QqReply.of(200, "application/json", "{\"ret\":1002,\"msg\":\"" + ACCESS_TOKEN + "\"}"),
				QqReply.normal().cutAfter(20), QqReply.normal().resetAfter(20), QqReply.normal().stallAfter(20),
				QqReply.normal().drip(1, Duration.ofMillis(100)), QqReply.normal().wrongContentLength(10_000),
				QqReply.normal().gzipped(), QqReply.normal().withHeader("Set-Cookie", "q=" + KEY));
	}

	/**
	 * The tokens of one login, in each format that QQ uses.
	 */
	private static List<QqReply> tokens() {
		String json = "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"expires_in\":7776000,\"refresh_token\":\""
				+ REFRESH_TOKEN + "\"}";
		String form = "access_token=" + ACCESS_TOKEN + "&expires_in=7776000&refresh_token=" + REFRESH_TOKEN;
		return List.of(QqReply.of(200, "application/json", json),
				QqReply.of(200, "text/html", "callback( " + json + " );"), QqReply.of(200, "text/html", form));
	}

	private void recordSessions(Application application) throws IOException {
		for (HttpSession session : application.bean(Site.Sessions.class).all()) {
			for (String name : Collections.list(session.getAttributeNames())) {
				ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
					objects.writeObject(session.getAttribute(name));
				}
				record("session " + name, bytes.toString(StandardCharsets.ISO_8859_1));
			}
		}
	}

	private void recordTables(Application application) {
		for (String table : application.jdbc()
			.sql("select table_name from information_schema.tables where table_schema = 'PUBLIC'")
			.query(String.class)
			.list()) {
			for (Map<String, Object> row : application.jdbc().sql("select * from " + table).query().listOfRows()) {
				row.forEach((column, value) -> record("table " + table + "." + column, String.valueOf(value)));
			}
		}
	}

	private void recordActuator(Browser browser) {
		for (String endpoint : List.of("env", "configprops", "httpexchanges", "beans", "mappings", "metrics", "loggers",
				"conditions", "threaddump", "health", "info")) {
			Browser.Page page = browser.get("actuator/" + endpoint);
			assertThat(page.status()).as(endpoint).isEqualTo(200);
			record("actuator " + endpoint, page.body());
			if (endpoint.equals("metrics")) {
				recordMetrics(browser, page.body());
			}
		}
	}

	private void recordMetrics(Browser browser, String names) {
		Matcher matcher = Pattern.compile("\"([a-z0-9]+(?:\\.[a-z0-9.]+)+)\"").matcher(names);
		while (matcher.find()) {
			record("actuator metrics", browser.get("actuator/metrics/" + matcher.group(1)).body());
		}
	}

	private void record(String place, String text) {
		this.traces.add(new Trace(place, text));
	}

	/**
	 * Collects the secrets that were sent to QQ.
	 */
	private void collectSecrets() {
		for (var request : qq.requests()) {
			for (String name : List.of("code", "access_token", "client_secret")) {
				String value = request.parameter(name);
				if (value != null) {
					this.secrets.add(value);
				}
			}
		}
	}

	/**
	 * Every place has to contain something expected, otherwise it was not searched.
	 */
	private void assertEveryPlaceIsRecorded() {
		Map<String, String> expected = Map.of("log", "QQ_ERROR", "page", "alice", "header", "/login/qq/bind",
				"observation", "http.client.requests", "actuator env", "qq.oauth2.app-key", "actuator configprops",
				"qq.oauth2", "actuator httpexchanges", "/actuator/env", "actuator metrics", "http.server.requests",
				"table QQ_ACCOUNT_BINDING.ACCOUNT", "alice", "session io.github.qqoauth2.loginError", "UNAVAILABLE");
		expected.forEach((place, text) -> assertThat(this.traces).as(place)
			.anyMatch((trace) -> trace.place().equals(place) && trace.text().contains(text)));
		for (String place : EXPECTED_OPENIDS) {
			assertThat(this.traces).as(place)
				.anyMatch((trace) -> trace.place().equals(place)
						&& this.openids.stream().anyMatch((openid) -> trace.text().contains(openid)));
		}
		assertThat(this.traces).filteredOn((trace) -> trace.place().equals("actuator httpexchanges"))
			.noneMatch((trace) -> trace.text().contains("code=") || trace.text().contains("state="));
	}

	private void assertAbsent(Collection<String> values, List<String> allowed) {
		for (String value : values) {
			for (String form : forms(value)) {
				assertThat(this.traces.stream()
					.filter((trace) -> !allowed.contains(trace.place()))
					.filter((trace) -> trace.text().contains(form))
					.map((trace) -> trace.place() + ": " + trace.around(form))).as(form).isEmpty();
			}
		}
	}

	private static Set<String> forms(String value) {
		Set<String> forms = new LinkedHashSet<>(
				List.of(value, value.toLowerCase(Locale.ROOT), URLEncoder.encode(value, StandardCharsets.UTF_8),
						value.substring(0, value.length() / 2), value.substring(value.length() / 2)));
		// for each position of the value within the encoded bytes
		for (int offset = 0; offset < 3; offset++) {
			byte[] bytes = (" ".repeat(offset) + value).getBytes(StandardCharsets.UTF_8);
			for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
				String encoded = encoder.withoutPadding().encodeToString(bytes);
				forms.add(encoded.substring((offset > 0) ? 4 : 0, encoded.length() - 2));
			}
		}
		return forms;
	}

	/**
	 * A text that the run left behind.
	 */
	record Trace(String place, String text) {

		String around(String form) {
			int at = this.text.indexOf(form);
			return this.text.substring(Math.max(0, at - 80), Math.min(this.text.length(), at + form.length() + 20));
		}

	}

	/**
	 * Records the contexts of observations.
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
		InMemoryHttpExchangeRepository httpExchanges() {
			InMemoryHttpExchangeRepository exchanges = new InMemoryHttpExchangeRepository();
			exchanges.setCapacity(10_000);
			return exchanges;
		}

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
