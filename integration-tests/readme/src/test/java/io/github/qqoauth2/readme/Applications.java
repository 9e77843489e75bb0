package io.github.qqoauth2.readme;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The applications that the documents describe.
 */
final class Applications {

	static final String BIND_PAGE = "/link-qq";

	private static final Document MIGRATION = Document.read(Path.of("docs", "from-other-clients.md"));

	private static final String CHAIN = "src/main/java/com/example/SecurityConfig.java";

	private static final String TESTS = "src/test/java/com/example/QqLoginTests.java";

	private static final String TESTS_HEADER = """
			package com.example;

			import java.net.CookieManager;
			import java.net.URI;
			import java.net.http.HttpClient;

			import io.github.qqoauth2.simulator.*;
			import org.junit.jupiter.api.Test;
			import org.springframework.boot.test.context.SpringBootTest;
			import org.springframework.boot.test.web.server.LocalServerPort;
			import org.springframework.http.client.JdkClientHttpRequestFactory;
			import org.springframework.test.context.DynamicPropertyRegistry;
			import org.springframework.test.context.DynamicPropertySource;
			import org.springframework.web.client.RestClient;

			import static org.assertj.core.api.Assertions.assertThat;

			@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
			class QqLoginTests {

			""";

	private Applications() {
	}

	/**
	 * Returns the smallest application of the README.
	 */
	static GeneratedApplication withoutChain() {
		return build("without-chain", ClassPaths.runtime(), files().toList());
	}

	static GeneratedApplication withChain() {
		return build("with-chain", ClassPaths.runtime(), Stream.concat(files(), Stream.of(chain())).toList());
	}

	/**
	 * Returns the application with the chain for a site that had no Spring Security.
	 */
	static GeneratedApplication withoutSecurity() {
		SourceFile chain = Document.README.snippet("app-without-security", CHAIN).file(CHAIN, """
				package com.example;

				import org.springframework.beans.factory.ObjectProvider;
				import org.springframework.context.annotation.Bean;
				import org.springframework.context.annotation.Configuration;
				import org.springframework.security.config.annotation.web.builders.HttpSecurity;
				import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
				import org.springframework.security.web.SecurityFilterChain;

				import static org.springframework.security.config.Customizer.withDefaults;

				@Configuration(proxyBeanMethods = false)
				public class SecurityConfig {

				""", """
				}
				""");
		return build("without-security", ClassPaths.runtime(), Stream.concat(files(), Stream.of(chain)).toList());
	}

	/**
	 * Returns the application with the store and the table for migrating from another
	 * client.
	 */
	static GeneratedApplication withStore() {
		Snippet table = MIGRATION.unmarked("sql", "create table member_qq");
		return build("with-store", ClassPaths.runtime(),
				Stream
					.of(files(), MIGRATION.snippets("app-with-store").stream().map(Snippet::file),
							Stream.of(table.file("src/main/resources/schema.sql", "", "")))
					.flatMap((part) -> part)
					.toList());
	}

	/**
	 * Returns the application that registers accounts, listens to events, and takes over
	 * the bindings of another app id.
	 */
	static GeneratedApplication withAccounts() {
		Document accounts = Document.read(Path.of("docs", "accounts.md"));
		return build("with-accounts", ClassPaths.runtime(),
				Stream.concat(files(), accounts.snippets("app-with-accounts").stream().map(Snippet::file)).toList());
	}

	/**
	 * Returns the application that maps JSON responses to an envelope.
	 */
	static GeneratedApplication withEnvelope() {
		return build("with-envelope", ClassPaths.runtime(), withFrontEnd("app-with-envelope"));
	}

	/**
	 * Returns the application that has no sessions and issues its own tokens.
	 */
	static GeneratedApplication withTokens() {
		return build("with-tokens", ClassPaths.runtimeWithTokens(), withFrontEnd("app-with-tokens"));
	}

	private static List<SourceFile> withFrontEnd(String kind) {
		Document frontEnds = Document.read(Path.of("docs", "front-ends.md"));
		return Stream.concat(files(), frontEnds.snippets(kind).stream().map(Snippet::file)).toList();
	}

	/**
	 * Returns the application with the callback of another client, which is already
	 * registered at QQ Connect.
	 */
	static GeneratedApplication withOldCallback() {
		SourceFile chain = chain(MIGRATION.unmarked("java", "http.oauth2Login("));
		return build("with-old-callback", ClassPaths.runtime(), Stream.concat(files(), Stream.of(chain)).toList());
	}

	/**
	 * Returns the path of the old callback according to the document.
	 */
	static String oldCallbackPath() {
		String property = "redirect-uri: https://www.example.com";
		String yaml = MIGRATION.unmarked("yaml", "qq:").text();
		return yaml.substring(yaml.indexOf(property) + property.length()).strip();
	}

	/**
	 * Returns the application whose chain lacks {@code oauth2Login}.
	 */
	static GeneratedApplication withoutLoginLine() {
		return build("without-login-line", ClassPaths.runtime(),
				Stream.concat(files(), Stream.of(chain().replace("http.oauth2Login(withDefaults());", ""))).toList());
	}

	/**
	 * Returns the application with its own bind page, which contains the form of the
	 * document.
	 */
	static GeneratedApplication withBindPage(Document pages, String name) {
		SourceFile page = pages.unmarked("html", "<form").file("src/main/resources/templates/link-qq.html", """
				<!DOCTYPE html>
				<html xmlns:th="http://www.thymeleaf.org">
				<body>
				""", """
				</body>
				</html>
				""");
		SourceFile controller = page.origin().file("src/main/java/com/example/BindPageController.java", """
				package com.example;

				import org.springframework.stereotype.Controller;
				import org.springframework.web.bind.annotation.GetMapping;

				@Controller
				class BindPageController {

					@GetMapping("%s")
					String page() {
						return "link-qq";
					}

				}
				/*
				""".formatted(BIND_PAGE), "*/\n");
		SourceFile chain = chain().replace("requests.anyRequest()",
				"requests.requestMatchers(\"%s\").permitAll().anyRequest()".formatted(BIND_PAGE));
		return build(name, ClassPaths.runtimeWithTemplates(),
				Stream.concat(files(), Stream.of(chain, page, controller)).toList());
	}

	private static GeneratedApplication build(String name, List<Path> classPath, List<SourceFile> files) {
		return GeneratedApplication.build(name, classPath, files);
	}

	private static SourceFile chain() {
		return chain(Document.README.snippet("app-with-chain", CHAIN));
	}

	/**
	 * Returns a chain with form login and the given lines.
	 */
	private static SourceFile chain(Snippet lines) {
		return lines.file(CHAIN, """
				package com.example;

				import org.springframework.context.annotation.Bean;
				import org.springframework.context.annotation.Configuration;
				import org.springframework.security.config.annotation.web.builders.HttpSecurity;
				import org.springframework.security.web.SecurityFilterChain;

				import static org.springframework.security.config.Customizer.withDefaults;

				@Configuration(proxyBeanMethods = false)
				public class SecurityConfig {

					@Bean
					SecurityFilterChain securityFilterChain(HttpSecurity http) throws Exception {
						http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
						http.formLogin(withDefaults());
				""", """
						return http.build();
					}

				}
				""");
	}

	/**
	 * Returns the files of all applications: those of the README, and the test.
	 */
	private static Stream<SourceFile> files() {
		List<SourceFile> files = new ArrayList<>();
		Document.README.snippets("app")
			.stream()
			.filter((snippet) -> !snippet.target().equals("dependency"))
			.map(Snippet::file)
			.forEach(files::add);
		files.add(tests());
		return files.stream();
	}

	private static SourceFile tests() {
		List<String> calls = Document.TESTING.codeSpans()
			.stream()
			.filter((span) -> span.matches("qq\\.\\w+\\(.*\\)"))
			.toList();
		if (calls.size() != 2) {
			throw new AssertionError("Expected two calls of the simulator in the text: " + calls);
		}
		String after = """

					@Test
					void callbackWhenErrorQueuedThenRedirectsToErrorPage(@LocalServerPort int port) {
						%s;
						URI authorize = redirectFrom(URI.create("http://localhost:" + port + "/oauth2/authorization/qq"));
						URI callback = qq.approve(authorize, QqPerson.XIAO_MING);
						assertThat(redirectFrom(callback)).hasPath("/login/qq/error");
						assertThat(%s).isNotEmpty();
					}

				}
				"""
			.formatted(calls.get(0), calls.get(1));
		return Document.TESTING.snippet("app-test-members", TESTS).file(TESTS, TESTS_HEADER, after);
	}

}
