package io.github.qqoauth2.conversation.ticket;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A front end on another origin, which the application allows by CORS.
 */
class CrossOriginIT extends AbstractFrontEndVisit {

	private static final String FRONT_END = "https://app.example";

	private static final Application site = Application.with(qq)
		.source(TokenSite.class, Origins.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.start();

	CrossOriginIT() {
		super(site);
	}

	@Test
	@Tag("T-41")
	void responsesWhenOriginIsAllowedThenCorsHeaders() {
		this.frontEnd.browser().header("Origin", FRONT_END);
		this.frontEnd.browser().header("Access-Control-Request-Method", "POST");
		this.frontEnd.browser().header("Access-Control-Request-Headers", "content-type");
		Browser.Page preflight = this.frontEnd.browser().send("OPTIONS", FrontEnd.BIND);
		assertThat(preflight.status()).isEqualTo(200);
		assertCorsHeaders(preflight);
		this.frontEnd.browser().header("Access-Control-Request-Method", null);
		this.frontEnd.browser().header("Access-Control-Request-Headers", null);
		assertCorsHeaders(this.frontEnd.get(FrontEnd.START).page());
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertCorsHeaders(pending.page());
		assertCorsHeaders(this.frontEnd.get(FrontEnd.ACCOUNT).page());
		assertCorsHeaders(this.frontEnd.post(FrontEnd.BIND, "text/plain", "{}").page());
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		assertThat(loggedIn.status()).isEqualTo(200);
		assertCorsHeaders(loggedIn.page());
	}

	@Test
	@Tag("T-41")
	void requestsWhenOriginIsNotAllowedThenForbidden() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		for (String origin : List.of("null", "https://evil.example", "https://app.example.evil.example",
				"http://app.example")) {
			this.frontEnd.browser().header("Origin", origin);
			Browser.Page refused = this.frontEnd.browser()
				.header("Accept", "application/json")
				.post(FrontEnd.BIND, "application/json",
						"{\"binding\":\"" + binding + "\",\"username\":\"alice\",\"password\":\"alice-password\"}");
			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.header("Access-Control-Allow-Origin")).isNull();
		}
		assertThat(this.application.bindings()).isEmpty();
	}

	private static void assertCorsHeaders(Browser.Page page) {
		assertThat(page.header("Access-Control-Allow-Origin")).isEqualTo(FRONT_END);
		assertThat(page.header("Access-Control-Allow-Credentials")).isEqualTo("true");
	}

	@Configuration(proxyBeanMethods = false)
	static class Origins {

		@Bean
		UrlBasedCorsConfigurationSource corsConfigurationSource() {
			CorsConfiguration origins = new CorsConfiguration();
			origins.setAllowedOrigins(List.of(FRONT_END));
			origins.setAllowedMethods(List.of("GET", "POST"));
			origins.setAllowedHeaders(List.of("Content-Type", "Authorization"));
			origins.setAllowCredentials(true);
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.setCorsConfigurations(Map.of("/**", origins));
			return source;
		}

	}

}
