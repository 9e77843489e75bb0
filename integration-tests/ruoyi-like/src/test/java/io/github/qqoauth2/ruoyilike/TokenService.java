package io.github.qqoauth2.ruoyilike;

import java.text.ParseException;
import java.time.Duration;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * The application's tokens. A token is a JWT that names a login, whose user is stored in
 * Redis.
 */
@Component
class TokenService {

	static final Duration LIFETIME = Duration.ofMinutes(30);

	private static final String KEY = "login_tokens:";

	private final StringRedisTemplate redis;

	private final JsonMapper json;

	private final String secret;

	TokenService(StringRedisTemplate redis, JsonMapper json, @Value("${token.secret}") String secret) {
		this.redis = redis;
		this.json = json;
		this.secret = secret;
	}

	String create(LoginUser user) {
		String login = UUID.randomUUID().toString();
		this.redis.opsForValue().set(KEY + login, this.json.writeValueAsString(user), LIFETIME);
		SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().claim("login", login).build());
		try {
			token.sign(new MACSigner(this.secret));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	@Nullable LoginUser find(String token) {
		String login = login(token);
		String user = (login != null) ? this.redis.opsForValue().get(KEY + login) : null;
		return (user != null) ? this.json.readValue(user, LoginUser.class) : null;
	}

	private @Nullable String login(String token) {
		try {
			SignedJWT jwt = SignedJWT.parse(token);
			return jwt.verify(new MACVerifier(this.secret)) ? jwt.getJWTClaimsSet().getStringClaim("login") : null;
		}
		catch (ParseException | JOSEException ex) {
			return null;
		}
	}

}
