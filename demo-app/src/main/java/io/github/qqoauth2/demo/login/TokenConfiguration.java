package io.github.qqoauth2.demo.login;

import java.time.Duration;
import java.util.Base64;
import java.util.List;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * Issues and verifies the shop's access tokens. The key is symmetric, since only the shop
 * itself verifies them.
 */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

	private static final String ISSUER = "https://onepage.example";

	private static final String AUDIENCE = "onepage";

	private static final Duration LIFETIME = Duration.ofHours(1);

	/**
	 * Issues tokens only for logins without a session. A token in addition to a session
	 * would be a needless credential.
	 */
	@Bean
	QqTokenIssuer tokenIssuer(@Value("${onepage.token-key}") String key) {
		NimbusJwtEncoder encoder = NimbusJwtEncoder.withSecretKey(secret(key)).algorithm(MacAlgorithm.HS256).build();
		QqTokenIssuer tokens = QqTokenIssuer.jwt(encoder, MacAlgorithm.HS256, ISSUER, AUDIENCE, LIFETIME);
		return (authentication) -> isTokenRequested() ? tokens.issue(authentication) : null;
	}

	private static boolean isTokenRequested() {
		return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
				&& SpaRequest.wantsToken(attributes.getRequest());
	}

	@Bean
	JwtDecoder tokenDecoder(@Value("${onepage.token-key}") String key) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(secret(key)).macAlgorithm(MacAlgorithm.HS256).build();
		decoder.setJwtValidator(JwtValidators
			.createDefaultWithValidators(List.of(new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(AUDIENCE))));
		return decoder;
	}

	private static SecretKey secret(String key) {
		return new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256");
	}

}
