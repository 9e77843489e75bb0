package io.github.qqoauth2.conversation.ticket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractMultiFactorFrontEndConversation;
import io.github.qqoauth2.conversation.frontend.FrontEnd;

/**
 * A second factor as an authority in the token, at a site without sessions.
 */
class TokenMultiFactorFrontEndIT extends AbstractMultiFactorFrontEndConversation {

	private static final Application site = Application.with(qq)
		.source(TwoFactors.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.property("qq.oauth2.redirect-uri", "{baseUrl}/app/callback.html")
		.start();

	TokenMultiFactorFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected void giveSecondFactor(FrontEnd frontEnd, String account) {
		frontEnd.post("api/factor", Map.of());
	}

	@Override
	protected void assertSecondFactorRequired(FrontEnd.Answer answer) {
		assertProblem(answer, 403, "forbidden");
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoFactors extends TokenSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/account/**").hasRole("SECOND_FACTOR"));
			return super.chain(http, sessions);
		}

		/**
		 * Grants the second factor to every caller.
		 */
		@RestController
		static class Factor {

			private final QqTokenIssuer tokens;

			Factor(QqTokenIssuer tokens) {
				this.tokens = tokens;
			}

			@PostMapping("/api/factor")
			Map<String, Object> factor(Authentication account) {
				List<GrantedAuthority> authorities = new ArrayList<>(account.getAuthorities());
				authorities.add(new SimpleGrantedAuthority("ROLE_SECOND_FACTOR"));
				Authentication both = UsernamePasswordAuthenticationToken.authenticated(account.getName(), null,
						authorities);
				return Map.of("token",
						Map.of("accessToken", Objects.requireNonNull(this.tokens.issue(both)).getTokenValue()));
			}

		}

	}

}
