package io.github.qqoauth2.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

/**
 * Drives whole logins: from the application to the simulated QQ, where a person agrees,
 * and back to the callback.
 */
public final class QqLogins {

	private static final String START = "/oauth2/authorization/qq";

	private QqLogins() {
	}

	/**
	 * Logs in through {@code MockMvc}, in a new session. The result's session is that of
	 * the login, for further requests.
	 * @param mvc the application
	 * @param qq its simulated QQ
	 * @param person the person who agrees
	 * @return the response to the callback
	 * @throws Exception if a request fails
	 */
	public static ResultActions logIn(MockMvc mvc, QqSimulator qq, QqPerson person) throws Exception {
		MockHttpSession session = new MockHttpSession();
		MvcResult start = mvc.perform(MockMvcRequestBuilders.get(START).session(session)).andReturn();
		URI callback = qq.approve(location(start.getResponse().getRedirectedUrl()), person);
		return mvc.perform(MockMvcRequestBuilders.get(callback).session(session));
	}

	/**
	 * Logs in by HTTP.
	 * @param browser a client that keeps cookies and does not follow redirects
	 * @param site the address of the application, with its context path
	 * @param qq its simulated QQ
	 * @param person the person who agrees
	 * @return the response to the callback
	 * @throws IOException if a request fails
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static HttpResponse<String> logIn(HttpClient browser, URI site, QqSimulator qq, QqPerson person)
			throws IOException, InterruptedException {
		HttpResponse<String> start = get(browser, URI.create(site.toString().replaceAll("/$", "") + START));
		return get(browser, qq.approve(location(start.headers().firstValue("Location").orElse(null)), person));
	}

	private static HttpResponse<String> get(HttpClient browser, URI address) throws IOException, InterruptedException {
		return browser.send(HttpRequest.newBuilder(address).header("Accept", "text/html").build(),
				HttpResponse.BodyHandlers.ofString());
	}

	private static URI location(@Nullable String redirect) {
		return URI.create(Objects.requireNonNull(redirect, "The application does not redirect to QQ at " + START));
	}

}
