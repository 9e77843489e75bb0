package io.github.qqoauth2.conversation.frontend;

import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;

/**
 * The multi-factor support of Spring Security 7.1, at a site with sessions.
 */
class MultiFactorFrontEndIT extends AbstractMultiFactorFrontEndConversation {

	private static final String FORM = "application/x-www-form-urlencoded";

	private static final AtomicReference<String> mail = new AtomicReference<>("");

	private static final Application site = Application.with(qq).source(TwoFactors.class).start();

	MultiFactorFrontEndIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@Override
	protected void giveSecondFactor(FrontEnd frontEnd, String account) {
		frontEnd.post("ott/generate", FORM, "username=" + account);
		frontEnd.post("login/ott", FORM, "token=" + mail.get());
	}

	@Override
	protected void assertSecondFactorRequired(FrontEnd.Answer answer) {
		assertProblem(answer, 401, "login-required");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(
			authorities = { FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY })
	static class TwoFactors extends FrontEndSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.oneTimeTokenLogin((ott) -> ott.tokenGenerationSuccessHandler((request, response, token) -> {
				mail.set(token.getTokenValue());
				response.getWriter().write("sent");
			}));
			return super.chain(http, sessions);
		}

	}

}
