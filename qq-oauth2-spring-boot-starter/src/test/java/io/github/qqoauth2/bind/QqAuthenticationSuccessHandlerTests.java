package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QqAuthenticationSuccessHandlerTests {

	private final LoginFixture fixture = new LoginFixture(false, null,
			(account) -> new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "TOKEN", LoginFixture.NOW, null));

	private final MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final Authentication alice = LoginFixture.password("alice");

	private final List<HttpServletRequest> delegated = new ArrayList<>();

	private AuthenticationSuccessHandler delegate = (request, response, authentication) -> {
		assertThat(authentication).isSameAs(this.alice);
		this.delegated.add(request);
	};

	private QqAuthenticationSuccessHandler handler() {
		return new QqAuthenticationSuccessHandler(this.delegate, this.fixture.chain, this.fixture.responses,
				this.fixture.models, this.fixture.errors);
	}

	private void succeed(@Nullable String next) throws IOException, ServletException {
		this.request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, next);
		handler().onAuthenticationSuccess(this.request, this.response, this.alice);
	}

	private void repeat() throws IOException, ServletException {
		handler().repeat(this.request, this.response, this.alice);
	}

	private void savedPage(String path) {
		this.fixture.chain.savedPages().save(this.request, this.response, path);
	}

	private @Nullable String savedPage() {
		return this.fixture.chain.savedPages().path(this.request, this.response);
	}

	private void savedError() {
		this.request.getSession();
		this.fixture.errors.save(this.request, this.response,
				new LoginErrorRepository.Shown(LoginError.CANCELLED, "ab12", null, null));
	}

	private void byDefaultHandler() {
		this.delegate = new SavedRequestAwareAuthenticationSuccessHandler();
	}

	@Test
	void onAuthenticationSuccessWhenPageThenDelegateAndErrorIsRemoved() throws Exception {
		savedError();
		succeed(null);
		assertThat(this.delegated).containsExactly(this.request);
		assertThat(this.fixture.errors.stored(this.request)).isNull();
		assertThat(savedPage()).isNull();
	}

	@Test
	void onAuthenticationSuccessWhenNothingIsWantedThenMakesNoSession() throws Exception {
		succeed(null);
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void onAuthenticationSuccessWhenLoginBeganWithAPageThenLeadsThere() throws Exception {
		byDefaultHandler();
		succeed("/orders?page=2");
		assertThat(this.response.getRedirectedUrl()).startsWith("http://localhost/orders?page=2");
	}

	@Test
	void onAuthenticationSuccessWhenNextHasFragmentThenLastInLocation() throws Exception {
		byDefaultHandler();
		succeed("/orders/1?page=2#comment-5");
		assertThat(this.response.getRedirectedUrl()).isEqualTo("http://localhost/orders/1?page=2&continue#comment-5");
	}

	@Test
	void onAuthenticationSuccessWhenSamePageWasAskedForThenFragmentOfNext() throws Exception {
		byDefaultHandler();
		savedPage("/orders/1");
		succeed("/orders/1#comment-5");
		assertThat(this.response.getRedirectedUrl()).isEqualTo("http://localhost/orders/1?continue#comment-5");
	}

	@Test
	void onAuthenticationSuccessWhenOtherPageWasAskedForThenNoFragment() throws Exception {
		byDefaultHandler();
		savedPage("/basket");
		succeed("/orders/1#comment-5");
		assertThat(this.response.getRedirectedUrl()).isEqualTo("http://localhost/basket?continue");
	}

	@Test
	void onAuthenticationSuccessWhenHandlerRedirectsElsewhereThenNoFragment() throws Exception {
		this.delegate = (request, response, authentication) -> response.sendRedirect("/welcome");
		succeed("/orders/1#comment-5");
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/welcome");
		assertThat(savedPage()).isEqualTo("/orders/1");
	}

	@Test
	void onAuthenticationSuccessWhenAPageWasAskedForBeforeThenItGoesFirst() throws Exception {
		savedPage("/basket");
		succeed("/orders");
		assertThat(savedPage()).isEqualTo("/basket");
	}

	@Test
	void onAuthenticationSuccessWhenFrontEndThenAccountWithTokenAndPageIsForgotten() throws Exception {
		byDefaultHandler();
		savedError();
		LoginFixture.json(this.request);
		savedPage("/basket");
		succeed("/orders");
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(this.response.getContentAsString()).contains("\"username\":\"alice\"", "\"accessToken\":\"TOKEN\"",
				"\"next\":\"/basket\"");
		assertThat(savedPage()).isNull();
		assertThat(this.fixture.errors.stored(this.request)).isNull();
	}

	@Test
	void onAuthenticationSuccessWhenFrontEndAndNoPageWasAskedForThenThePageItBeganWith() throws Exception {
		byDefaultHandler();
		LoginFixture.json(this.request);
		succeed("/orders");
		assertThat(this.response.getContentAsString()).contains("\"next\":\"/orders\"");
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void onAuthenticationSuccessWhenFrontEndAndApplicationHasAHandlerThenAsForPage() throws Exception {
		LoginFixture.json(this.request);
		succeed("/orders");
		assertThat(this.delegated).containsExactly(this.request);
		assertThat(savedPage()).as("left to the application's handler").isEqualTo("/orders");
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void onAuthenticationSuccessWhenFrontEndAndMapperThenNotTheHandler() throws Exception {
		LoginFixture.json(this.request);
		savedPage("/basket");
		this.fixture.mapper = (request, answer) -> answer.with(202, Map.of("data", answer.body()));
		succeed(null);
		assertThat(this.delegated).isEmpty();
		assertThat(this.response.getStatus()).isEqualTo(202);
		assertThat(this.response.getContentAsString()).startsWith("{\"data\":{\"username\":\"alice\"")
			.contains("\"accessToken\":\"TOKEN\"", "\"next\":\"/basket\"");
		assertThat(savedPage()).isNull();
	}

	@Test
	void onAuthenticationSuccessWhenPageAndMapperThenTheHandler() throws Exception {
		this.fixture.mapper = (request, answer) -> answer;
		succeed(null);
		assertThat(this.delegated).containsExactly(this.request);
	}

	/**
	 * The filter of the login then undoes it.
	 */
	@Test
	void onAuthenticationSuccessWhenMapperFailsThenThrowsAndNothingIsWritten() {
		LoginFixture.json(this.request);
		IllegalStateException failure = new IllegalStateException("no envelope");
		this.fixture.mapper = (request, answer) -> {
			throw failure;
		};
		assertThatThrownBy(() -> succeed(null)).isSameAs(failure);
		assertThatThrownBy(this::repeatWithAnotherRequest).isSameAs(failure);
		assertThat(this.response.isCommitted()).isFalse();
	}

	private void repeatWithAnotherRequest() throws IOException, ServletException {
		handler().repeat(LoginFixture.json(LoginFixture.get("/login/oauth2/code/qq")), this.response, this.alice);
	}

	@Test
	void onAuthenticationSuccessWhenFrontEndAndHandlerExtendsTheDefaultThenItIsTheApplications() throws Exception {
		List<Authentication> asked = new ArrayList<>();
		this.delegate = new SavedRequestAwareAuthenticationSuccessHandler() {

			@Override
			public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
					Authentication authentication) {
				asked.add(authentication);
			}

		};
		LoginFixture.json(this.request);
		succeed(null);
		assertThat(asked).containsExactly(this.alice);
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void repeatWhenPageThenDelegateSeesNoParametersAndNothingElseChanges() throws Exception {
		savedError();
		this.request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, "/orders");
		this.request.setParameter("continue", "https://e.test/");
		repeat();
		assertThat(this.delegated).singleElement()
			.satisfies((seen) -> assertThat(seen.getParameterMap()).isEqualTo(Map.of()));
		assertThat(this.fixture.errors.stored(this.request)).isNotNull();
		assertThat(savedPage()).isNull();
	}

	@Test
	void repeatWhenFrontEndThenAccountWithoutToken() throws Exception {
		byDefaultHandler();
		LoginFixture.json(this.request);
		repeat();
		assertThat(this.response.getContentAsString()).contains("\"username\":\"alice\"").doesNotContain("token");
	}

	@Test
	void repeatWhenFrontEndAndApplicationHasAHandlerThenItAnswers() throws Exception {
		LoginFixture.json(this.request);
		repeat();
		assertThat(this.delegated).hasSize(1);
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void repeatWhenFrontEndAndMapperThenAccountWithoutToken() throws Exception {
		LoginFixture.json(this.request);
		this.fixture.mapper = (request, answer) -> answer.with(200, Map.of("data", answer.body()));
		repeat();
		assertThat(this.delegated).isEmpty();
		assertThat(this.response.getContentAsString()).isEqualTo("{\"data\":{\"username\":\"alice\",\"bound\":false}}");
	}

}
