package io.github.qqoauth2.tokenshop;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The application's own tokens: a JWT with the id of a login, which is stored in Redis.
 */
@Component
class ShopTokens {

	static final Duration LIFETIME = Duration.ofMinutes(30);

	private final StringRedisTemplate redis;

	private final String secret;

	ShopTokens(StringRedisTemplate redis, @Value("${shop.token-secret}") String secret) {
		this.redis = redis;
		this.secret = secret;
	}

	String create(String username) {
		String login = UUID.randomUUID().toString();
		this.redis.opsForValue().set("login:" + login, username, LIFETIME);
		SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().jwtID(login)
					.expirationTime(Date.from(Instant.now().plus(LIFETIME)))
					.build());
		try {
			token.sign(new MACSigner(this.secret));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	@Nullable String username(String token) {
		try {
			SignedJWT jwt = SignedJWT.parse(token);
			return jwt.verify(new MACVerifier(this.secret))
					? this.redis.opsForValue().get("login:" + jwt.getJWTClaimsSet().getJWTID()) : null;
		}
		catch (ParseException | JOSEException ex) {
			return null;
		}
	}

}
