package io.github.qqoauth2.conversation.oauth2;

import java.security.Principal;
import java.text.ParseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site that is an authorization server and stores its authorizations in the database,
 * with the principal as JSON. Its clients get the same tokens after a QQ login as after a
 * password login.
 */
class AuthorizationServerIT {

	private static final String CLIENT_ID = "shop";

	private static final String CLIENT_SECRET = "shop-secret";

	private static final String REDIRECT_URI = "http://127.0.0.1:9/authorized";

	private static final String AUTHORIZE = UriComponentsBuilder.fromPath("oauth2/authorize")
		.queryParam("response_type", "code")
		.queryParam("client_id", CLIENT_ID)
		.queryParam("scope", "openid")
		.queryParam("state", "from-the-client")
		.queryParam("redirect_uri", REDIRECT_URI)
		.toUriString();

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq)
		.source(AuthorizationServer.class)
		.property("spring.sql.init.schema-locations",
				"classpath:org/springframework/security/oauth2/server/authorization/oauth2-authorization-schema.sql")
		.start();

	private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.jdbc().sql("delete from oauth2_authorization").update();
		qq.reset();
	}

	@Test
	void passwordLoginThenTokensOfAccount() throws ParseException {
		assertRedirectsToLogin(this.visit);
		assertTokens("alice", tokens(this.visit, this.visit.login("alice", "alice-password")));
	}

	@Test
	void firstQqLoginWhenBoundThenTokensOfAccount() throws ParseException {
		assertRedirectsToLogin(this.visit);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertTokens("alice", tokens(this.visit, this.visit.bind("alice", "alice-password")));
	}

	@Test
	void nextQqLoginThenTokensOfAccount() throws ParseException {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("alice", "alice-password");
		Visit again = new Visit(application, qq);
		assertRedirectsToLogin(again);
		assertTokens("alice", tokens(again, again.qqLogin(QqPerson.XIAO_MING)));
	}

	private static void assertRedirectsToLogin(Visit visit) {
		assertThat(visit.browser().get(AUTHORIZE).location()).isEqualTo("/login");
	}

	/**
	 * Follows the response to a login to the client, and exchanges the code.
	 */
	private static Map<String, Object> tokens(Visit visit, Browser.Page login) throws ParseException {
		assertThat(login.location()).startsWith("/" + AUTHORIZE);
		String callback = visit.browser().get(Objects.requireNonNull(login.location())).location();
		assertThat(callback).startsWith(REDIRECT_URI + "?code=").endsWith("&state=from-the-client");
		String code = UriComponentsBuilder.fromUriString(Objects.requireNonNull(callback))
			.build()
			.getQueryParams()
			.getFirst("code");
		Browser.Page answer = new Browser(application.url()).header("Accept", "application/json")
			.post("oauth2/token", Map.of("grant_type", "authorization_code", "code", Objects.requireNonNull(code),
					"redirect_uri", REDIRECT_URI, "client_id", CLIENT_ID, "client_secret", CLIENT_SECRET));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return JSONObjectUtils.parse(answer.body());
	}

	private void assertTokens(String account, Map<String, Object> tokens) {
		assertThat(tokens).containsKeys("access_token", "id_token");
		Jwt idToken = application.bean(JwtDecoder.class).decode(String.valueOf(tokens.get("id_token")));
		assertThat(idToken.getSubject()).isEqualTo(account);
		assertThat(idToken.getAudience()).isEqualTo(List.of(CLIENT_ID));
		assertThat(idToken.getClaimAsInstant("auth_time")).isBetween(this.begin, Instant.now());
		assertThat(idToken.getClaimAsString("sid")).isNotBlank();
		assertStored(account, String.valueOf(tokens.get("access_token")));
	}

	/**
	 * The token endpoint has already read the row once, by its code.
	 */
	private static void assertStored(String account, String accessToken) {
		assertThat(application.jdbc()
			.sql("select principal_name from oauth2_authorization where oidc_id_token_value is not null")
			.query(String.class)
			.list()).isEqualTo(List.of(account));
		OAuth2Authorization authorization = application.bean(OAuth2AuthorizationService.class)
			.findByToken(accessToken, OAuth2TokenType.ACCESS_TOKEN);
		Authentication login = Objects
			.requireNonNull(Objects.requireNonNull(authorization).getAttribute(Principal.class.getName()));
		assertThat(login).isExactlyInstanceOf(UsernamePasswordAuthenticationToken.class);
		assertThat(login.getName()).isEqualTo(account);
		assertThat(login.getPrincipal()).isExactlyInstanceOf(User.class);
		assertThat(login.getAuthorities()).extracting("authority").contains("ROLE_USER");
	}

	@Configuration(proxyBeanMethods = false)
	static class AuthorizationServer extends Site.WithChain {

		@Bean
		@Order(0)
		SecurityFilterChain authorizationServer(HttpSecurity http) throws Exception {
			AuthorizationServerEndpoints.addTo(http);
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.exceptionHandling(
					(handling) -> handling.authenticationEntryPoint(new LoginUrlAuthenticationEntryPoint("/login")));
			return http.build();
		}

		@Bean
		RegisteredClientRepository clients() {
			return new InMemoryRegisteredClientRepository(RegisteredClient.withId(CLIENT_ID)
				.clientId(CLIENT_ID)
				.clientSecret("{noop}" + CLIENT_SECRET)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.redirectUri(REDIRECT_URI)
				.scope("openid")
				.clientSettings(ClientSettings.builder().requireProofKey(false).build())
				.build());
		}

		@Bean
		OAuth2AuthorizationService authorizations(JdbcOperations jdbc, RegisteredClientRepository clients) {
			return new JdbcOAuth2AuthorizationService(jdbc, clients);
		}

		@Bean
		AuthorizationServerSettings authorizationServerSettings() {
			return AuthorizationServerSettings.builder().build();
		}

		@Bean
		RSAKey signingKey() throws JOSEException {
			return new RSAKeyGenerator(2048).keyID("site").generate();
		}

		@Bean
		JWKSource<SecurityContext> signingKeys(RSAKey signingKey) {
			return new ImmutableJWKSet<>(new JWKSet(signingKey));
		}

		@Bean
		JwtDecoder jwtDecoder(RSAKey signingKey) throws JOSEException {
			return NimbusJwtDecoder.withPublicKey(signingKey.toRSAPublicKey()).build();
		}

	}

}
