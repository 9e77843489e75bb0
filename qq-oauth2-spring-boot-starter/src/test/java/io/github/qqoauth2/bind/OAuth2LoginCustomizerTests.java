package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.context.support.GenericWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The start of logins in chains that set their own parts.
 */
class OAuth2LoginCustomizerTests {

	private final List<FilterChainFixture> opened = new ArrayList<>();

	private final List<String> asked = new ArrayList<>();

	private final MockHttpServletRequest qq = LoginFixture.get("/oauth2/authorization/qq");

	private final MockHttpServletRequest github = LoginFixture.get("/oauth2/authorization/github");

	@AfterEach
	void close() {
		this.opened.forEach(FilterChainFixture::close);
	}

	private FilterChainFixture build(Consumer<GenericWebApplicationContext> beans, Consumer<HttpSecurity> customizer) {
		FilterChainFixture fixture = new FilterChainFixture(FilterChainFixture.settings(LoginPaths.BIND_PAGE, null),
				beans);
		this.opened.add(fixture);
		return fixture.build(customizer);
	}

	private FilterChainFixture build(Consumer<HttpSecurity> customizer) {
		return build((context) -> {
		}, customizer);
	}

	/**
	 * Returns a resolver that records the starts that it is asked for.
	 */
	private OAuth2AuthorizationRequestResolver resolver(String name) {
		OAuth2AuthorizationRequestResolver delegate = new DefaultOAuth2AuthorizationRequestResolver(
				(id) -> id.equals("qq") ? LoginFixture.REGISTRATION : FilterChainFixture.GITHUB,
				"/oauth2/authorization");
		return new OAuth2AuthorizationRequestResolver() {

			@Override
			public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
				OAuth2AuthorizationRequest resolved = delegate.resolve(request);
				if (resolved != null) {
					OAuth2LoginCustomizerTests.this.asked.add(name + " " + request.getRequestURI());
				}
				return resolved;
			}

			@Override
			public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String id) {
				return delegate.resolve(request, id);
			}

		};
	}

	private static String redirect(MockHttpServletResponse response) {
		return Objects.requireNonNull(response.getRedirectedUrl());
	}

	private static List<String> attributes(MockHttpServletRequest request) {
		return Collections.list(LoginFixture.session(request).getAttributeNames());
	}

	@Test
	void startWhenNothingIsSetThenQqHasItsFormAndOthersTheirs() throws Exception {
		FilterChainFixture chain = build((http) -> http.oauth2Login(Customizer.withDefaults()));
		assertThat(redirect(chain.send(this.qq))).startsWith("https://graph.qq.com/oauth2.0/authorize?")
			.doesNotContain("code_challenge", "state=&");
		assertThat(attributes(this.qq)).singleElement().asString().startsWith("SPRING_SECURITY_QQ_REQUEST.");
		assertThat(redirect(chain.send(this.github))).startsWith("https://github.test/authorize?")
			.contains("scope=user");
		assertThat(attributes(this.github)).singleElement()
			.isEqualTo(HttpSessionOAuth2AuthorizationRequestRepository.class.getName() + ".AUTHORIZATION_REQUEST");
	}

	@Test
	void startWhenBaseUriIsSetThenOnlyThere() throws Exception {
		FilterChainFixture chain = build((http) -> http
			.oauth2Login((login) -> login.authorizationEndpoint((endpoint) -> endpoint.baseUri("/go"))));
		assertThat(redirect(chain.send(LoginFixture.get("/go/qq")))).startsWith("https://graph.qq.com/");
		assertThat(chain.send(this.qq).getStatus()).isEqualTo(404);
	}

	@Test
	void startWhenResolverIsSetThenItIsAskedAndQqHasItsForm() throws Exception {
		FilterChainFixture chain = build((http) -> http.oauth2Login((login) -> login
			.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(resolver("set")))));
		assertThat(redirect(chain.send(this.qq))).matches(".*[?&]state=[0-9A-Za-z_-]+(&.*)?")
			.doesNotContain("code_challenge");
		chain.send(this.github);
		assertThat(this.asked).containsExactly("set /oauth2/authorization/qq", "set /oauth2/authorization/github");
	}

	@Test
	void startWhenApplicationDeclaresAResolverThenItIsAsked() throws Exception {
		FilterChainFixture chain = build(
				(context) -> context.registerBean(OAuth2AuthorizationRequestResolver.class, () -> resolver("bean")),
				(http) -> http.oauth2Login(Customizer.withDefaults()));
		chain.send(this.qq);
		assertThat(this.asked).containsExactly("bean /oauth2/authorization/qq");
	}

	@Test
	void startWhenResolverIsSetAndDeclaredThenTheOneThatIsSet() throws Exception {
		FilterChainFixture chain = build(
				(context) -> context.registerBean(OAuth2AuthorizationRequestResolver.class, () -> resolver("bean")),
				(http) -> http.oauth2Login((login) -> login
					.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(resolver("set")))));
		chain.send(this.qq);
		assertThat(this.asked).containsExactly("set /oauth2/authorization/qq");
	}

	@Test
	void startWhenRepositoryIsSetThenItKeepsAllRequests() throws Exception {
		OwnRepository repository = new OwnRepository();
		FilterChainFixture chain = build((http) -> http.oauth2Login((login) -> login
			.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestRepository(repository))));
		chain.send(this.qq);
		chain.send(this.github);
		assertThat(repository.saved).containsExactly("qq", "github");
		assertThat(attributes(this.qq)).noneMatch((name) -> name.startsWith("SPRING_SECURITY_QQ_REQUEST."));
	}

	@Test
	void startWhenRedirectStrategyIsSetThenItSendsPagesToQq() throws Exception {
		FilterChainFixture chain = build(
				(http) -> http.oauth2Login((login) -> login.authorizationEndpoint((endpoint) -> endpoint
					.authorizationRedirectStrategy((request, response, url) -> this.asked.add(url)))));
		assertThat(chain.send(this.qq).getRedirectedUrl()).isNull();
		chain.send(this.github);
		assertThat(this.asked).hasSize(2);
		assertThat(this.asked.get(0)).startsWith("https://graph.qq.com/");
		assertThat(this.asked.get(1)).startsWith("https://github.test/");
	}

	@Test
	void startWhenFrontEndThenAddressOfQqInJsonAndOthersAreRedirected() throws Exception {
		FilterChainFixture chain = build(
				(http) -> http.oauth2Login((login) -> login.authorizationEndpoint((endpoint) -> endpoint
					.authorizationRedirectStrategy((request, response, url) -> this.asked.add(url)))));
		MockHttpServletResponse response = chain.send(LoginFixture.json(this.qq));
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(response.getContentAsString())
			.startsWith("{\"authorizationUrl\":\"https://graph.qq.com/oauth2.0/authorize?");
		assertThat(this.asked).isEmpty();
		chain.send(LoginFixture.json(this.github));
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void startWhenOauth2ClientIsThereTooThenItHasTheSameParts() throws Exception {
		FilterChainFixture chain = build((http) -> {
			http.oauth2Login(Customizer.withDefaults());
			http.oauth2Client((client) -> client
				.authorizationCodeGrant((grant) -> grant.authorizationRequestResolver(resolver("client"))
					.authorizationRedirectStrategy((request, response, url) -> this.asked.add(url))));
		});
		List<String> qqStarts = new ArrayList<>();
		chain.filters()
			.stream()
			.filter((filter) -> filter.getClass().getSimpleName().equals("OAuth2AuthorizationRequestRedirectFilter"))
			.forEach((filter) -> {
				MockHttpServletRequest start = LoginFixture.json(LoginFixture.get("/oauth2/authorization/qq"));
				MockHttpServletResponse response = new MockHttpServletResponse();
				try {
					filter.doFilter(start, response, (request, ignored) -> {
					});
					qqStarts.add(response.getContentAsString());
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
				assertThat(attributes(start)).singleElement().asString().startsWith("SPRING_SECURITY_QQ_REQUEST.");
			});
		assertThat(qqStarts).hasSize(2)
			.allSatisfy((body) -> assertThat(body).startsWith("{\"authorizationUrl\":\"https://graph.qq.com/"));
		assertThat(this.asked).containsExactly("client /oauth2/authorization/qq");
	}

	@Test
	void startWhenOnlyOauth2ClientThenItsPartsAreKept() throws Exception {
		OwnRepository repository = new OwnRepository();
		FilterChainFixture chain = build((http) -> http.oauth2Client((client) -> client
			.authorizationCodeGrant((grant) -> grant.authorizationRequestResolver(resolver("client"))
				.authorizationRequestRepository(repository)
				.authorizationRedirectStrategy((request, response, url) -> this.asked.add("redirected")))));
		chain.send(this.qq);
		chain.send(this.github);
		assertThat(this.asked).containsExactly("client /oauth2/authorization/qq", "redirected",
				"client /oauth2/authorization/github", "redirected");
		assertThat(repository.saved).containsExactly("qq", "github");
	}

	/**
	 * An application's repository, which records what it saves.
	 */
	private static final class OwnRepository implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

		private final HttpSessionOAuth2AuthorizationRequestRepository delegate = new HttpSessionOAuth2AuthorizationRequestRepository();

		private final List<String> saved = new ArrayList<>();

		@Override
		public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
			return this.delegate.loadAuthorizationRequest(request);
		}

		@Override
		public void saveAuthorizationRequest(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
				HttpServletResponse response) {
			this.saved.add(Objects.toString(authorization.getAttribute("registration_id")));
			this.delegate.saveAuthorizationRequest(authorization, request, response);
		}

		@Override
		public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
				HttpServletResponse response) {
			return this.delegate.removeAuthorizationRequest(request, response);
		}

	}

}
