package io.github.qqoauth2.ruoyilike;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.bind.QqJsonResponseMapper;

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
	@SuppressWarnings("NullAway")
	QqJsonResponseMapper qqJsonResponseMapper() {
		return (request, response) -> {
			Map<String, Object> body = response.body();
			return switch (response.kind()) {
				case AUTHORIZATION_URL -> response.with(200,
						Map.of("code", 200, "errmsg", "操作成功", "login_url", body.get("authorizationUrl")));
				case PROBLEM ->
					response.with(200, Map.of("code", response.status(), "msg", body.get("detail"), "data", body));
				default -> response.with(200, Map.of("code", 200, "msg", "操作成功", "data", body));
			};
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
