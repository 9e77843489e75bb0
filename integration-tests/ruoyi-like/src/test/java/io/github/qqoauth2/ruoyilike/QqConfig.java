package io.github.qqoauth2.ruoyilike;

import java.time.Instant;
import java.util.Objects;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqTokenIssuer;

/**
 * The beans that QQ login needs in this application.
 */
@Configuration(proxyBeanMethods = false)
class QqConfig {

	@Bean
	@ConditionalOnBooleanProperty(name = "test.account-loader", matchIfMissing = true)
	QqAccountLoader qqAccountLoader(SysUsers users) {
		return (account) -> {
			SysUser user = users.findByUserName(account);
			if (user == null || user.deleted()) {
				return null;
			}
			return new LoginUser(user, users.permissions(user));
		};
	}

	@Bean
	@SuppressWarnings("NullAway")
	QqTokenIssuer qqTokenIssuer(TokenService tokens) {
		return (authentication) -> {
			String token = tokens.create((LoginUser) authentication.getPrincipal());
			Instant now = Instant.now();
			return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token, now,
					now.plus(TokenService.LIFETIME));
		};
	}

	@Bean
	QqAccountRegistrar qqAccountRegistrar(SysUsers users, PasswordEncoder encoder) {
		return (registration) -> {
			users.insert(registration.username(), registration.username(),
					Objects.requireNonNull(encoder.encode(registration.password())));
			SysUser user = Objects.requireNonNull(users.findByUserName(registration.username()));
			return new LoginUser(user, users.permissions(user));
		};
	}

}
