package io.github.qqoauth2.demo.login;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;

import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.demo.spa.SpaResponseWriter;

/**
 * Responds to a password login with the same token as after a QQ login.
 */
@Component
final class TokenSuccessHandler implements AuthenticationSuccessHandler {

	private final QqTokenIssuer tokens;

	private final QqLogin qq;

	private final SpaResponseWriter responses;

	TokenSuccessHandler(QqTokenIssuer tokens, QqLogin qq, SpaResponseWriter responses) {
		this.tokens = tokens;
		this.qq = qq;
		this.responses = responses;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		this.qq.accountProved(request, response, authentication.getName());
		OAuth2AccessToken token = Objects.requireNonNull(this.tokens.issue(authentication));
		this.responses.write(response,
				Map.of("token",
						Map.of("accessToken", token.getTokenValue(), "tokenType", token.getTokenType().getValue(),
								"expiresAt", Objects.requireNonNull(token.getExpiresAt()).toString())));
	}

}
