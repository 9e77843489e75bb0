package io.github.qqoauth2.conversation.ticket;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.conversation.RegisteringSite;

/**
 * A site without sessions. Its own token authenticates requests.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class TokenSite extends RegisteringSite {

	public static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	static final String ISSUER = "https://shop.example";

	static final String AUDIENCE = "shop";

	static final ECKey SIGNING_KEY = newKey();

	static ECKey newKey() {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID("site").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Bean
	@Override
	protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
		http.authorizeHttpRequests((requests) -> requests.requestMatchers("/api/login", "/error")
			.permitAll()
			.requestMatchers("/account/**")
			.hasRole("USER")
			.anyRequest()
			.authenticated());
		http.oauth2Login(Customizer.withDefaults());
		http.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()));
		http.cors(Customizer.withDefaults());
		http.csrf((protection) -> protection.disable());
		http.sessionManagement((management) -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
		return http.build();
	}

	@Bean
	JwtEncoder jwtEncoder() {
		return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(SIGNING_KEY)));
	}

	/**
	 * Uses only what Spring Security 6.5 has, too.
	 */
	@Bean
	JwtDecoder jwtDecoder(ObjectProvider<Clock> clock) throws JOSEException {
		JwtTimestampValidator times = new JwtTimestampValidator();
		times.setClock(clock.getIfUnique(Clock::systemUTC));
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256,
				new ImmutableJWKSet<>(new JWKSet(SIGNING_KEY.toPublicJWK()))));
		processor.setJWTClaimsSetVerifier((claims, context) -> {
		});
		NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
		decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(List.of(times, new JwtIssuerValidator(ISSUER),
				new JwtClaimValidator<List<String>>("aud",
						(audience) -> audience != null && audience.contains(AUDIENCE)),
				new JwtClaimValidator<Object>("exp", Objects::nonNull))));
		return decoder;
	}

	@Bean
	JwtAuthenticationConverter jwtAuthenticationConverter() {
		JwtGrantedAuthoritiesConverter roles = new JwtGrantedAuthoritiesConverter();
		roles.setAuthoritiesClaimName("roles");
		roles.setAuthorityPrefix("");
		JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter(roles);
		return converter;
	}

	@Bean
	QqTokenIssuer tokenIssuer(JwtEncoder encoder) {
		return QqTokenIssuer.jwt(encoder, SignatureAlgorithm.ES256, ISSUER, AUDIENCE);
	}

	/**
	 * The site's own login, by password.
	 */
	@RestController
	public static class PasswordLogin {

		private final AuthenticationManager authenticationManager;

		private final QqTokenIssuer tokens;

		private final QqLogin qq;

		PasswordLogin(AuthenticationConfiguration configuration, QqTokenIssuer tokens, QqLogin qq) throws Exception {
			this.authenticationManager = configuration.getAuthenticationManager();
			this.tokens = tokens;
			this.qq = qq;
		}

		@PostMapping("/api/login")
		Map<String, Object> login(@RequestBody Map<String, String> proof, HttpServletRequest request,
				HttpServletResponse response) {
			Authentication account = this.authenticationManager.authenticate(
					UsernamePasswordAuthenticationToken.unauthenticated(proof.get("username"), proof.get("password")));
			this.qq.accountProved(request, response, account.getName());
			return Map.of("token",
					Map.of("accessToken", Objects.requireNonNull(this.tokens.issue(account)).getTokenValue()));
		}

	}

}
