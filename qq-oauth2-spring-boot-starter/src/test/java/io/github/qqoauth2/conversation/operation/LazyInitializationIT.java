package io.github.qqoauth2.conversation.operation;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.conversation.ticket.TokenSite;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that create their beans lazily start, and are checked at start-up.
 */
class LazyInitializationIT {

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@AfterEach
	void reset() {
		qq.reset();
	}

	private static void assertLoginWorks(Application.Builder builder) {
		try (Application application = builder.start()) {
			Visit visit = new Visit(application, qq);
			assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
			assertThat(visit.bind("alice", "alice-password").location()).isEqualTo("/");
			assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
			Visit again = new Visit(application, qq);
			assertThat(again.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
			assertThat(again.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
			qq.reset();
		}
	}

	@ParameterizedTest
	@EnumSource
	void startWhenLazyThenLoginWorks(Laziness laziness) {
		assertLoginWorks(laziness.of(Application.with(qq).source(Site.WithChain.class)));
		assertLoginWorks(laziness.of(Application.with(qq).source(Site.WithoutChain.class)));
	}

	@Test
	void startWhenOnlyChainIsLazyThenLoginWorks() {
		assertLoginWorks(Application.with(qq).source(LazyChain.class));
	}

	@ParameterizedTest
	@EnumSource
	void startWhenLazyAndTableIsCreatedByScriptThenLoginWorks(Laziness laziness) {
		assertLoginWorks(laziness.of(Application.with(qq).source(Site.WithChain.class))
			.property("qq.oauth2.jdbc.initialize-schema", "never")
			.property("spring.sql.init.schema-locations", "classpath:io/github/qqoauth2/account/schema-h2.sql"));
	}

	@ParameterizedTest
	@EnumSource
	void startWhenLazyThenFailsForTheSameReasons(Laziness laziness) {
		StartupFailureIT.assertFailsToStart(
				laziness.of(Application.with(qq).source(StartupFailureIT.FormLoginOnly.class)),
				"none of the application's SecurityFilterChain beans has oauth2Login()");
		StartupFailureIT.assertFailsToStart(laziness.of(Application.with(qq).source(TokenSite.class)),
				"qq.oauth2.ticket-key is not set");
		StartupFailureIT.assertFailsToStart(laziness.of(Application.with(qq).source(Site.WithChain.class))
			.property("qq.oauth2.jdbc.initialize-schema", "never"), "The table qq_account_binding");
		StartupFailureIT.assertFailsToStart(laziness.of(Application.with(qq).source(Site.WithChain.class))
			.property("qq.oauth2.auto-register", "true"), "QqAccountRegistrar");
		StartupFailureIT.assertFailsToStart(laziness.of(Application.with(qq).source(StartupFailureIT.NoUsers.class)),
				"needs a UserDetailsService");
	}

	/**
	 * The ways in which an application creates all beans lazily.
	 */
	enum Laziness {

		PROPERTY, POST_PROCESSOR;

		Application.Builder of(Application.Builder application) {
			return (this == PROPERTY) ? application.property("spring.main.lazy-initialization", "true")
					: application.source(PostProcessor.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PostProcessor {

		@Bean
		static LazyInitializationBeanFactoryPostProcessor lazyInitialization() {
			return new LazyInitializationBeanFactoryPostProcessor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class LazyChain extends Site.WithoutChain {

		@Bean
		@Lazy
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

}
