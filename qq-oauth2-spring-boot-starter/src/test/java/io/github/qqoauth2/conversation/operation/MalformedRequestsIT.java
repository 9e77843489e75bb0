package io.github.qqoauth2.conversation.operation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.conversation.frontend.FrontEndSite;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers, cookies, parameters and bodies as no browser sends them get an answer of the
 * starter or of the container, never an error 500. They are sent byte by byte, because
 * HTTP clients refuse them.
 */
class MalformedRequestsIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq).source(FrontEndSite.class).start();

	private static final List<String> PAGES = List.of("oauth2/authorization/qq", "login/oauth2/code/qq",
			"login/qq/bind", "login/qq/error", "account/qq");

	private static final List<String> FORMS = List.of("login/oauth2/code/qq", "login/qq/bind", "login/qq/register",
			"account/qq", "account/qq/link", "account/qq/unlink");

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	/**
	 * Creates a browser with a pending binding.
	 */
	private static Browser browser() {
		FrontEnd frontEnd = new FrontEnd(application, qq);
		frontEnd.get(FrontEnd.ACCOUNT);
		frontEnd.qqLogin(QqPerson.XIAO_MING);
		return frontEnd.browser();
	}

	private static String send(String request) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.url().getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String get(Browser browser, String path, String... headers) {
		return send("GET /" + path + " HTTP/1.1\r\n" + headers(browser, headers) + "\r\n");
	}

	private static String post(Browser browser, String path, String body, String... headers) {
		return send("POST /" + path + " HTTP/1.1\r\n" + headers(browser, headers) + "X-XSRF-TOKEN: "
				+ browser.cookie("XSRF-TOKEN") + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
	}

	private static String headers(Browser browser, String... headers) {
		List<String> all = new ArrayList<>(List.of("Host: 127.0.0.1:" + application.url().getPort(),
				"Connection: close",
				"Cookie: JSESSIONID=" + browser.cookie("JSESSIONID") + "; XSRF-TOKEN=" + browser.cookie("XSRF-TOKEN")));
		all.addAll(List.of(headers));
		return String.join("\r\n", all) + "\r\n";
	}

	private static void assertAnswered(String response, boolean json) {
		assertThat(response).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 5");
		if (json && !response.startsWith("HTTP/1.1 20")) {
			assertThat(response).containsIgnoringCase("Content-Type: application/problem+json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accept: a/b;Q=x", "Accept: */*;q=NaN",
			"Accept: text/html;Q=NaN, application/json;Q=1e400", "Accept: ;;;", "Accept: application/json;charset=x",
			"Accept: \u00ff", "Accept-Language: ;q=x", "Accept-Language: zh;q=NaN,--,\u00e4,x-y-z-00000000000000000",
			"Content-Type: multipart/form-data", "Content-Type: multipart/form-data; boundary=",
			"Content-Type: application/json;charset=nonsense", "Cookie: =;;=\u00ff\"; JSESSIONID=\"",
			"Cookie: qq-pending=; qq-error=\"a b\"; qq-authorization=....", "If-Modified-Since: x", "If-None-Match: \"",
			"Range: bytes=x-", "Sec-Purpose: \u00ff;;", "User-Agent: \u00ff", "Authorization: Bearer \u00ff",
			"Authorization: Basic !!!", "X-Forwarded-Host: a b,\u00ff", "X-Forwarded-Port: x", "Forwarded: host=\";;",
			"Origin: \u00ff" })
	void headerWhenMalformedThenAnswered(String header) {
		Browser browser = browser();
		for (String path : PAGES) {
			assertAnswered(get(browser, path, header), false);
		}
		for (String path : FORMS) {
			assertAnswered(post(browser, path, "{\"a\":1}", header, "Content-Type: application/json"), false);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json;CHARSET=x", "application/json;charset=utf-16",
			"application/json;charset=", "application/json;a", ";", "\u00ff/\u00ff", "multipart/form-data",
			"multipart/form-data; boundary=", "application/x-www-form-urlencoded;charset=nonsense" })
	void contentTypeWhenMalformedThenProblem(String type) {
		Browser browser = browser();
		for (String path : FORMS) {
			assertAnswered(post(browser, path, "{\"a\":1}", "Content-Type: " + type, "Accept: application/json"), true);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "code=%zz&state=%", "code=%&state=%ff%fe", "state=%00&code=%00", "next=%zz", "next=%ff%fe",
			"error=%zz", "a=%u1234", "%=%", "binding=%zz", "tab=%zz", "_csrf=%zz", "remember-me=%zz", "display=%zz",
			"code=a&code=b&state%5B%5D=x" })
	void parameterWhenMalformedThenAnswered(String query) {
		Browser browser = browser();
		for (String path : PAGES) {
			assertAnswered(get(browser, path + "?" + query), false);
			assertAnswered(get(browser, path + "?" + query, "Accept: application/json"), true);
		}
		for (String path : FORMS) {
			assertAnswered(post(browser, path, query, "Content-Type: application/x-www-form-urlencoded"), false);
			assertAnswered(post(browser, path + "?" + query, "{}", "Content-Type: application/json",
					"Accept: application/json"), true);
		}
	}

	/**
	 * What cannot be read counts as absent; nothing is used up.
	 */
	@Test
	void parameterWhenMalformedThenCountsAsAbsent() {
		Browser browser = browser();
		assertThat(get(browser, "oauth2/authorization/qq?next=%zz")).startsWith("HTTP/1.1 302")
			.contains("/oauth2.0/authorize");
		assertThat(get(browser, "login/oauth2/code/qq?code=%zz&state=%zz")).startsWith("HTTP/1.1 302")
			.contains("/login/qq/error");
		assertThat(get(browser, "login/qq/error")).startsWith("HTTP/1.1 200")
			.contains("This sign-in is no longer valid.");
		assertThat(post(browser, "login/qq/bind", "binding=%zz", "Content-Type: application/x-www-form-urlencoded"))
			.startsWith("HTTP/1.1 409");
		assertThat(get(browser, "login/qq/bind")).startsWith("HTTP/1.1 200");
		assertThat(application.bindings()).isEmpty();
	}

}
