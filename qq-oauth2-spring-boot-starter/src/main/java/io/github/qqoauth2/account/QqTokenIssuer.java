package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jwt.JwtEncoder;

/**
 * Issues the site's own token for a front end that has just logged in by QQ. Off unless
 * the application declares one: front ends with a session need no token. A token only
 * ever stands in the body of an answer to a front end, never in an address or a redirect.
 */
@FunctionalInterface
public interface QqTokenIssuer {

	/**
	 * Issues a token.
	 * @param authentication who has logged in, with the account's name and authorities as
	 * the login left them: where a second factor is due they are without it
	 * @return the token that the site takes as {@code Authorization: Bearer}, or
	 * {@code null} for none
	 */
	@Nullable OAuth2AccessToken issue(Authentication authentication);

	/**
	 * Issues JSON Web Tokens for 15 minutes. Each has {@code iss}, {@code aud},
	 * {@code sub} (the account's name), {@code iat}, {@code exp}, {@code jti} and the
	 * account's authorities as {@code roles}, and the header {@code typ} is {@code JWT}.
	 * @param encoder signs them
	 * @param algorithm the algorithm of the encoder's key, such as
	 * {@link org.springframework.security.oauth2.jose.jws.SignatureAlgorithm#ES256}
	 * @param issuer who issues them: the site's own address, never blank
	 * @param audience whom they are for: the name that the site's resource server checks,
	 * never blank
	 * @return the issuer
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4.1">RFC 7519, 4.1</a>
	 */
	static QqTokenIssuer jwt(JwtEncoder encoder, JwsAlgorithm algorithm, String issuer, String audience) {
		return jwt(encoder, algorithm, issuer, audience, Duration.ofMinutes(15));
	}

	/**
	 * Issues JSON Web Tokens for another time.
	 * @param encoder signs them
	 * @param algorithm the algorithm of the encoder's key
	 * @param issuer who issues them
	 * @param audience whom they are for
	 * @param lifetime how long each is valid, in whole seconds and at least one; a stolen
	 * token, and one of an account whose QQ has been unlinked, is good until its end
	 * @return the issuer
	 */
	static QqTokenIssuer jwt(JwtEncoder encoder, JwsAlgorithm algorithm, String issuer, String audience,
			Duration lifetime) {
		return new JwtTokens(encoder, algorithm, issuer, audience, lifetime, Clock.systemUTC())::issue;
	}

}
