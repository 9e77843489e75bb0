package io.github.qqoauth2.apiclient;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Objects;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.DefaultApi;
import org.openapitools.client.model.Account;
import org.openapitools.client.model.BindingRequired;
import org.openapitools.client.model.Callback;
import org.openapitools.client.model.Confirmation;
import org.openapitools.client.model.FieldError;
import org.openapitools.client.model.Linking;
import org.openapitools.client.model.PasswordProof;
import org.openapitools.client.model.PendingQq;
import org.openapitools.client.model.Problem;
import org.openapitools.client.model.Registration;
import org.openapitools.client.model.Token;
import org.openapitools.client.model.Unlinking;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.FrontEndSite;
import io.github.qqoauth2.conversation.ticket.TokenSite;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A front end that knows the API document and nothing else.
 */
class GeneratedClientIT {

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@Test
	void walkWhenTheSiteHasSessionsThenBindsUnlinksLinksAndRegisters() throws ApiException, IOException {
		try (Application site = Application.with(qq).source(FrontEndSite.class).start()) {
			walk(site);
			assertThat(new Visitor(site).logIn(QqPerson.XIAO_MING).getToken()).isNull();
		}
	}

	@Test
	void walkWhenTheSiteHasTokensThenBindsUnlinksLinksAndRegisters() throws ApiException, IOException {
		try (Application site = Application.with(qq)
			.source(TokenSite.class)
			.property("qq.oauth2.ticket-key", TokenSite.KEY)
			.property("qq.oauth2.redirect-uri", "{baseUrl}/app/callback.html")
			.start()) {
			walk(site);
			assertThat(new Visitor(site).logIn(QqPerson.XIAO_MING).getToken()).isNotNull();
		}
	}

	private static void walk(Application site) throws ApiException, IOException {
		Visitor alice = new Visitor(site);
		alice.bind();
		site.ageLogins();
		alice.unlink();
		alice.link();
		new Visitor(site).register();
		assertThat(site.bindings()).isEqualTo(Map.of("alice", QqPerson.XIAO_MING.openid(QqSimulator.APP_ID), "dora",
				QqPerson.PANDA.openid(QqSimulator.APP_ID)));
	}

	/**
	 * Somebody in a browser of their own.
	 */
	private static final class Visitor {

		private final CookieManager cookies = new CookieManager();

		private final ApiClient client = new ApiClient();

		private final DefaultApi api;

		private @Nullable String token;

		Visitor(Application site) {
			String url = site.url().toString();
			this.client.updateBaseUri(url.substring(0, url.length() - 1));
			this.client.setHttpClientBuilder(HttpClient.newBuilder().cookieHandler(this.cookies));
			this.client.setRequestInterceptor(this::proofs);
			this.api = new DefaultApi(this.client);
		}

		private void proofs(HttpRequest.Builder request) {
			if (this.token != null) {
				request.header("Authorization", "Bearer " + this.token);
			}
			for (HttpCookie cookie : this.cookies.getCookieStore().getCookies()) {
				if (cookie.getName().equals("XSRF-TOKEN")) {
					request.header("X-XSRF-TOKEN", cookie.getValue());
				}
			}
		}

		private Callback agree(URI authorizationUrl, QqPerson person) {
			var returned = UriComponentsBuilder.fromUri(qq.approve(authorizationUrl, person)).build().getQueryParams();
			return new Callback().code(returned.getFirst("code"))
				.state(Objects.requireNonNull(returned.getFirst("state")));
		}

		private PendingQq waiting(QqPerson person) throws ApiException, IOException {
			Callback callback = agree(this.api.startQqLogin("/orders", null, null).getAuthorizationUrl(), person);
			ApiException refused = refusal(() -> this.api.finishQqLogin(callback));
			assertThat(refused.getCode()).isEqualTo(401);
			BindingRequired required = read(refused, BindingRequired.class);
			assertThat(required.getCode()).hasToString("binding-required");
			assertThat(required.getPending().getNickname()).isEqualTo(person.nickname());
			return this.api.readPendingQq();
		}

		private void in(@Nullable Token issued) {
			if (issued != null) {
				this.token = issued.getAccessToken();
			}
		}

		void bind() throws ApiException, IOException {
			PasswordProof proof = new PasswordProof().binding(waiting(QqPerson.XIAO_MING).getBinding())
				.username("alice")
				.password("x");
			assertThat(problem(() -> this.api.bindByPassword(proof)).getCode()).isEqualTo(Problem.CodeEnum.CREDENTIALS);
			Account account = this.api.bindByPassword(proof.password("alice-password"));
			in(account.getToken());
			assertThat(account.getUsername()).isEqualTo("alice");
			assertThat(account.getNext()).isEqualTo("/orders");
			assertThat(this.api.readAccount().getBoundAt()).isNotNull().isEqualTo(account.getBoundAt());
		}

		void unlink() throws ApiException, IOException {
			assertThat(this.api.readAccount().getUnlink()).isNotNull();
			assertThat(this.api.readAccount().getUnlink().getProofRequired()).isTrue();
			Problem problem = problem(() -> this.api.unlink(new Unlinking()));
			assertThat(problem.getCode()).isEqualTo(Problem.CodeEnum.PROOF_REQUIRED);
			assertThat(problem.getWays()).extracting(Object::toString).containsExactly("password", "login");
			assertThat(this.api.unlink(new Unlinking().password("alice-password")).getBound()).isFalse();
		}

		void link() throws ApiException {
			URI authorizationUrl = this.api.startLinking(new Linking().next("/orders")).getAuthorizationUrl();
			Account asked = this.api.finishQqLogin(agree(authorizationUrl, QqPerson.XIAO_MING));
			assertThat(asked.getPending()).isNotNull();
			assertThat(asked.getPending().getProofRequired()).isTrue();
			Account account = this.api
				.confirmBinding(new Confirmation().binding(asked.getPending().getBinding()).password("alice-password"));
			assertThat(account.getBound()).isTrue();
			assertThat(account.getNext()).isEqualTo("/orders");
		}

		/**
		 * The generator keeps fields of any name in a map of strings.
		 */
		void register() throws ApiException, IOException {
			PendingQq waiting = waiting(QqPerson.PANDA);
			assertThat(waiting.getFields()).isNotNull();
			assertThat(waiting.getFields()).extracting((field) -> field.getName())
				.contains("username", "password", "terms");
			Registration form = new Registration().binding(waiting.getBinding());
			Map.of("username", "alice", "password", "dora-password", "nickname", "Dora", "terms", "true")
				.forEach(form::putAdditionalProperty);
			Problem problem = problem(() -> this.api.register(form));
			assertThat(problem.getCode()).isEqualTo(Problem.CodeEnum.INVALID_REGISTRATION);
			assertThat(problem.getErrors()).isNotNull();
			assertThat(problem.getErrors()).singleElement()
				.extracting(FieldError::getField, FieldError::getCode)
				.containsExactly("username", "taken");
			form.putAdditionalProperty("username", "dora");
			in(this.api.register(form).getToken());
			assertThat(this.api.readAccount().getUsername()).isEqualTo("dora");
		}

		/**
		 * The QQ alone is enough now.
		 */
		Account logIn(QqPerson person) throws ApiException {
			return this.api.finishQqLogin(agree(this.api.startQqLogin(null, null, null).getAuthorizationUrl(), person));
		}

		private Problem problem(ThrowingCallable call) throws IOException {
			return read(refusal(call), Problem.class);
		}

		private static ApiException refusal(ThrowingCallable call) {
			ApiException refusal = catchThrowableOfType(ApiException.class, call);
			assertThat(refusal).isNotNull();
			return refusal;
		}

		private <T> T read(ApiException refusal, Class<T> type) throws IOException {
			return this.client.getObjectMapper().readValue(refusal.getResponseBody(), type);
		}

	}

}
