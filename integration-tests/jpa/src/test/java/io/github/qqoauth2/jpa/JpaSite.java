package io.github.qqoauth2.jpa;

import java.nio.charset.StandardCharsets;

import javax.sql.DataSource;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqAccountBindings;

/**
 * An application that stores its members with JPA and all tables in PostgreSQL, created
 * by Flyway, with persistent remember-me tokens and method security.
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableMethodSecurity
class JpaSite {

	@Bean
	SecurityFilterChain chain(HttpSecurity http, PersistentTokenRepository tokens) throws Exception {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.formLogin(Customizer.withDefaults());
		http.oauth2Login(Customizer.withDefaults());
		http.rememberMe((rememberMe) -> rememberMe.tokenRepository(tokens));
		return http.build();
	}

	@Bean
	PersistentTokenRepository rememberMeTokens(DataSource dataSource) {
		JdbcTokenRepositoryImpl tokens = new JdbcTokenRepositoryImpl();
		tokens.setDataSource(dataSource);
		return tokens;
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder(4);
	}

	/**
	 * Runs the starter's scripts as the second migration.
	 */
	@Bean
	JavaMigration qqTables() {
		return new V2__Qq_tables();
	}

	private static final class V2__Qq_tables extends BaseJavaMigration {

		@Override
		public void migrate(Context context) {
			ResourceDatabasePopulator populator = new ResourceDatabasePopulator(script("schema-postgresql.sql"),
					script("schema-authorized-client-postgresql.sql"));
			populator.setSqlScriptEncoding(StandardCharsets.UTF_8.name());
			populator.execute(new SingleConnectionDataSource(context.getConnection(), true));
		}

		private static ClassPathResource script(String name) {
			return new ClassPathResource(name, QqAccountBindings.class);
		}

	}

	/**
	 * Shows the principal and calls methods with security.
	 */
	@RestController
	static class Pages {

		private final Newsroom newsroom;

		Pages(Newsroom newsroom) {
			this.newsroom = newsroom;
		}

		@GetMapping("/")
		String home(@AuthenticationPrincipal Member member, Authentication authentication) {
			return member.getId() + " " + authentication.getName() + " " + authentication.getClass().getSimpleName();
		}

		@GetMapping("/news")
		String news() {
			return this.newsroom.read();
		}

		@GetMapping("/publish")
		String publish() {
			return this.newsroom.publish();
		}

		@GetMapping("/subscribe")
		String subscribe() {
			return this.newsroom.subscribe();
		}

	}

}
