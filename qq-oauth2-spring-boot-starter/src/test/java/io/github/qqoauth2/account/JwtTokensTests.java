package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JwtTokensTests {

	private static final String ISSUER = "https://shop.example";

	private static final Authentication ALICE = new TestingAuthenticationToken("alice", "p", "ROLE_USER", "READ");

	private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");

	private static final JwtEncoder encoder = new NimbusJwtEncoder(new ImmutableSecret<>(KEY));

	private static QqTokenIssuer issuer(String issuer, String audience, Duration lifetime) {
		return QqTokenIssuer.jwt(encoder, MacAlgorithm.HS256, issuer, audience, lifetime);
	}

	private static OAuth2AccessToken issued(QqTokenIssuer issuer) {
		return Objects.requireNonNull(issuer.issue(ALICE));
	}

	/**
	 * Decodes a token and validates its signature and times.
	 */
	private static Jwt decoded(OAuth2AccessToken token) {
		return NimbusJwtDecoder.withSecretKey(KEY)
			.macAlgorithm(MacAlgorithm.HS256)
			.build()
			.decode(token.getTokenValue());
	}

	@Test
	@Tag("T-10")
	void issueWhenAuthenticatedThenIssuerAudienceAccountAndAuthorities() {
		OAuth2AccessToken token = issued(QqTokenIssuer.jwt(encoder, MacAlgorithm.HS256, ISSUER, "shop"));
		assertThat(token.getTokenType()).isEqualTo(OAuth2AccessToken.TokenType.BEARER);
		Jwt jwt = decoded(token);
		assertThat(jwt.getHeaders()).containsOnlyKeys("typ", "alg")
			.containsEntry("typ", "JWT")
			.containsEntry("alg", "HS256");
		assertThat(jwt.getClaims()).containsOnlyKeys("iss", "aud", "sub", "roles", "iat", "exp", "jti");
		assertThat(jwt.getClaimAsString("iss")).isEqualTo(ISSUER);
		assertThat(jwt.getAudience()).containsExactly("shop");
		assertThat(jwt.getSubject()).isEqualTo("alice");
		assertThat(jwt.getClaimAsStringList("roles")).containsExactly("ROLE_USER", "READ");
	}

	@Test
	void issueWhenDefaultLifetimeThenExpiresAfter15Minutes() {
		Instant before = Instant.now().minusSeconds(1);
		OAuth2AccessToken token = issued(QqTokenIssuer.jwt(encoder, MacAlgorithm.HS256, ISSUER, "shop"));
		Jwt jwt = decoded(token);
		assertThat(jwt.getIssuedAt()).isBetween(before, Instant.now());
		assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt())).hasSeconds(900);
		assertThat(token.getIssuedAt()).isEqualTo(jwt.getIssuedAt());
		assertThat(token.getExpiresAt()).isEqualTo(jwt.getExpiresAt());
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1S", "PT1M", "PT12H", "PT2.5S" })
	void issueWhenLifetimeIsGivenThenTruncatedToSeconds(String lifetime) {
		OAuth2AccessToken token = issued(issuer(ISSUER, "shop", Duration.parse(lifetime)));
		Jwt jwt = decoded(token);
		assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt()))
			.hasSeconds(Duration.parse(lifetime).toSeconds());
		assertThat(token.getExpiresAt()).isEqualTo(jwt.getExpiresAt());
	}

	/**
	 * The times in the token are whole seconds; those returned to the front end must not
	 * be later.
	 */
	@Test
	void issueWhenWithinSecondThenReturnsTimesOfToken() {
		Instant now = Instant.now();
		Clock clock = Clock.fixed(now.with(ChronoField.NANO_OF_SECOND, 999_999_999), ZoneOffset.UTC);
		OAuth2AccessToken token = new JwtTokens(encoder, MacAlgorithm.HS256, ISSUER, "shop", Duration.ofMinutes(15),
				clock)
			.issue(ALICE);
		Jwt jwt = decoded(token);
		assertThat(token.getIssuedAt()).isEqualTo(jwt.getIssuedAt());
		assertThat(token.getExpiresAt()).isEqualTo(jwt.getExpiresAt());
	}

	@Test
	@Tag("T-04")
	void issueWhenRepeatedThenUniqueJti() {
		QqTokenIssuer issuer = issuer(ISSUER, "shop", Duration.ofMinutes(1));
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			assertThat(ids.add(decoded(issued(issuer)).getId())).isTrue();
		}
		assertThat(ids).allMatch((id) -> id.matches("[0-9a-f]{32}"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void jwtWhenIssuerOrAudienceIsBlankThenRefused(String blank) {
		assertThatIllegalArgumentException().isThrownBy(() -> issuer(blank, "shop", Duration.ofMinutes(1)))
			.withMessage("An issuer is required");
		assertThatIllegalArgumentException().isThrownBy(() -> issuer(ISSUER, blank, Duration.ofMinutes(1)))
			.withMessage("An audience is required");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.999S" })
	void jwtWhenLifetimeIsBelowOneSecondThenRefused(String lifetime) {
		assertThatIllegalArgumentException().isThrownBy(() -> issuer(ISSUER, "shop", Duration.parse(lifetime)))
			.withMessage("The lifetime must be at least one second");
	}

}
