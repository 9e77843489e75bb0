package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jwt.JwtEncoder;

/**
 * Issues the site's own token to a front end after a QQ login. The application declares a
 * bean of this type if it needs tokens; front ends with a session do not. A token appears
 * only in the body of a response to a front end, never in a URL or a redirect.
 */
@FunctionalInterface
public interface QqTokenIssuer {

	/**
	 * Issues a token.
	 * @param authentication the user who logged in, with the account's name and
	 * authorities; if a second factor is required, it has not been verified yet
	 * @return the token that the site accepts as {@code Authorization: Bearer}, or
	 * {@code null} for none
	 */
	@Nullable OAuth2AccessToken issue(Authentication authentication);

	/**
	 * Creates an issuer of JSON Web Tokens that are valid for 15 minutes. Their claims
	 * are {@code iss}, {@code aud}, {@code sub} (the account's name), {@code iat},
	 * {@code exp}, {@code jti} and {@code roles} (the account's authorities); the header
	 * {@code typ} is {@code JWT}.
	 * @param encoder signs the tokens
	 * @param algorithm the algorithm of the encoder's key, such as
	 * {@link org.springframework.security.oauth2.jose.jws.SignatureAlgorithm#ES256}
	 * @param issuer the issuer: the site's own address, never blank
	 * @param audience the audience: the name that the site's resource server checks,
	 * never blank
	 * @return the issuer
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519, 4.1</a>
	 */
	static QqTokenIssuer jwt(JwtEncoder encoder, JwsAlgorithm algorithm, String issuer, String audience) {
		return jwt(encoder, algorithm, issuer, audience, Duration.ofMinutes(15));
	}

	/**
	 * Creates an issuer of JSON Web Tokens with another lifetime.
	 * @param encoder signs the tokens
	 * @param algorithm the algorithm of the encoder's key
	 * @param issuer the issuer, never blank
	 * @param audience the audience, never blank
	 * @param lifetime how long a token is valid, at least one second and truncated to
	 * whole seconds; a stolen token, or a token of an account that has since been
	 * unlinked from QQ, remains valid until it expires
	 * @return the issuer
	 */
	static QqTokenIssuer jwt(JwtEncoder encoder, JwsAlgorithm algorithm, String issuer, String audience,
			Duration lifetime) {
		return new JwtTokens(encoder, algorithm, issuer, audience, lifetime, Clock.systemUTC())::issue;
	}

}
