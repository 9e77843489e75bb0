package io.github.qqoauth2.bind;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * The factors of an authentication, which Spring Security 7 grants with the time of each.
 * Spring Security 6.5 does not have their class, so it is found by its name.
 */
final class AuthenticationFactors {

	static final String FACTOR = "org.springframework.security.core.authority.FactorGrantedAuthority";

	/** The factor of a login by QQ, and of those by other OAuth2 providers. */
	static final String AUTHORIZATION_CODE = "FACTOR_AUTHORIZATION_CODE";

	/** The factor of a bearer token. */
	static final String BEARER = "FACTOR_BEARER";

	/** The factor of a client certificate, which a browser sends by itself. */
	static final String X509 = "FACTOR_X509";

	private AuthenticationFactors() {
	}

	/**
	 * Returns the factors with the times at which they were granted.
	 */
	static Map<String, Instant> of(Authentication authentication) {
		Map<String, Instant> factors = new HashMap<>();
		for (GrantedAuthority authority : authentication.getAuthorities()) {
			if (authority.getClass().getName().equals(FACTOR)
					&& PropertyAccessorFactory.forBeanPropertyAccess(authority)
						.getPropertyValue("issuedAt") instanceof Instant issuedAt) {
				factors.put(String.valueOf(authority.getAuthority()), issuedAt);
			}
		}
		return factors;
	}

}
