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

	private static final Document COMING_FROM = Document.read(Path.of("docs", "from-other-clients.md"));

	private static final String CHAIN = "src/main/java/com/example/SecurityConfig.java";

	private static final String TESTS = "src/test/java/com/example/QqLoginTests.java";

	private static final String TESTS_BEFORE = """
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
	 * What the README has without any choice: the smallest application.
	 */
	static GeneratedApplication withoutChain() {
		return build("without-chain", ClassPaths.runtime(), files().toList());
	}

	static GeneratedApplication withChain() {
		return build("with-chain", ClassPaths.runtime(), Stream.concat(files(), Stream.of(chain())).toList());
	}

	/**
	 * With the store and the table for those who come from another client.
	 */
	static GeneratedApplication withStore() {
		Snippet table = COMING_FROM.unmarked("sql", "create table member_qq");
		return build("with-store", ClassPaths.runtime(),
				Stream
					.of(files(), COMING_FROM.snippets("app-with-store").stream().map(Snippet::file),
							Stream.of(table.file("src/main/resources/schema.sql", "", "")))
					.flatMap((part) -> part)
					.toList());
	}

	/**
	 * With accounts made for new QQs, what listens to them, and the store that takes
	 * bindings over from another app id.
	 */
	static GeneratedApplication withAccounts() {
		Document accounts = Document.read(Path.of("docs", "accounts.md"));
		return build("with-accounts", ClassPaths.runtime(),
				Stream.concat(files(), accounts.snippets("app-with-accounts").stream().map(Snippet::file)).toList());
	}

	/**
	 * With answers to logins in an envelope.
	 */
	static GeneratedApplication withEnvelope() {
		return build("with-envelope", ClassPaths.runtime(), withFrontEnd("app-with-envelope"));
	}

	/**
	 * Without sessions, with tokens of its own.
	 */
	static GeneratedApplication withTokens() {
		return build("with-tokens", ClassPaths.runtimeWithTokens(), withFrontEnd("app-with-tokens"));
	}

	private static List<SourceFile> withFrontEnd(String kind) {
		Document frontEnds = Document.read(Path.of("docs", "front-ends.md"));
		return Stream.concat(files(), frontEnds.snippets(kind).stream().map(Snippet::file)).toList();
	}

	/**
	 * With the callback of another client, which QQ has been told already.
	 */
	static GeneratedApplication withOldCallback() {
		SourceFile chain = chain(COMING_FROM.unmarked("java", "http.oauth2Login("));
		return build("with-old-callback", ClassPaths.runtime(), Stream.concat(files(), Stream.of(chain)).toList());
	}

	/**
	 * The path of the old callback, as the document sets it.
	 */
	static String oldCallbackPath() {
		String property = "redirect-uri: https://www.example.com";
		String yaml = COMING_FROM.unmarked("yaml", "qq:").text();
		return yaml.substring(yaml.indexOf(property) + property.length()).strip();
	}

	/**
	 * A chain that lacks the one line.
	 */
	static GeneratedApplication withoutLoginLine() {
		return build("without-login-line", ClassPaths.runtime(),
				Stream.concat(files(), Stream.of(chain().replace("http.oauth2Login(withDefaults());", ""))).toList());
	}

	/**
	 * With the documents' form in a page of the application's own.
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
	 * These lines in a chain with a form login.
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
	 * What all of them have: the files of the README and its test.
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
			throw new AssertionError("The document calls the simulator in two sentences, not in these: " + calls);
		}
		String after = """

					@Test
					void nextCallOfTheReadmeFails(@LocalServerPort int port) {
						%s;
						URI authorize = redirectFrom(URI.create("http://localhost:" + port + "/oauth2/authorization/qq"));
						URI callback = qq.approve(authorize, QqPerson.XIAO_MING);
						assertThat(redirectFrom(callback)).hasPath("/login/qq/error");
						assertThat(%s).isNotEmpty();
					}

				}
				"""
			.formatted(calls.get(0), calls.get(1));
		return Document.TESTING.snippet("app-test-members", TESTS).file(TESTS, TESTS_BEFORE, after);
	}

}
