package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.crypto.keygen.BytesKeyGenerator;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.util.Assert;

/**
 * Issues JSON Web Tokens with the application's encoder. Their times are whole seconds,
 * so the times in the response to the front end are too.
 */
final class JwtTokens {

	private final BytesKeyGenerator ids = KeyGenerators.secureRandom(16);

	private final JwtEncoder encoder;

	private final JwsHeader header;

	private final String issuer;

	private final String audience;

	private final Duration lifetime;

	private final Clock clock;

	JwtTokens(JwtEncoder encoder, JwsAlgorithm algorithm, String issuer, String audience, Duration lifetime,
			Clock clock) {
		Assert.hasText(issuer, "An issuer is required");
		Assert.hasText(audience, "An audience is required");
		Assert.isTrue(lifetime.compareTo(Duration.ofSeconds(1)) >= 0, "The lifetime must be at least one second");
		this.encoder = encoder;
		this.header = JwsHeader.with(algorithm).type("JWT").build();
		this.issuer = issuer;
		this.audience = audience;
		this.lifetime = lifetime.truncatedTo(ChronoUnit.SECONDS);
		this.clock = clock;
	}

	OAuth2AccessToken issue(Authentication authentication) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.id(HexFormat.of().formatHex(this.ids.generateKey()))
			.issuer(this.issuer)
			.audience(List.of(this.audience))
			.subject(authentication.getName())
			.issuedAt(now)
			.expiresAt(now.plus(this.lifetime))
			.claim("roles", authentication.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList())
			.build();
		Jwt token = this.encoder.encode(JwtEncoderParameters.from(this.header, claims));
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token.getTokenValue(), now,
				now.plus(this.lifetime));
	}

}
