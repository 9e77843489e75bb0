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
import io.github.qqoauth2.demo.spa.SpaAnswers;

/**
 * After a login by password: the same token as after one by QQ.
 */
@Component
final class TokenSuccessHandler implements AuthenticationSuccessHandler {

	private final QqTokenIssuer tokens;

	private final QqLogin qq;

	private final SpaAnswers answers;

	TokenSuccessHandler(QqTokenIssuer tokens, QqLogin qq, SpaAnswers answers) {
		this.tokens = tokens;
		this.qq = qq;
		this.answers = answers;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException {
		this.qq.accountProved(request, response, authentication.getName());
		OAuth2AccessToken token = Objects.requireNonNull(this.tokens.issue(authentication));
		this.answers.write(response,
				Map.of("token",
						Map.of("accessToken", token.getTokenValue(), "tokenType", token.getTokenType().getValue(),
								"expiresAt", Objects.requireNonNull(token.getExpiresAt()).toString())));
	}

}
