package io.github.qqoauth2.boot3;

import java.security.Principal;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;
import io.github.qqoauth2.test.AutoConfigureQqSimulator;
import io.github.qqoauth2.test.QqLogins;
import io.github.qqoauth2.test.QqRequestPostProcessors;
import io.github.qqoauth2.test.WithQqUser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

/**
 * Uses the test starter on Spring Boot 3.5.
 */
@SpringBootTest(properties = { "spring.datasource.url=jdbc:h2:mem:starter-test",
		"spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.session.SessionAutoConfiguration" })
@AutoConfigureMockMvc
@AutoConfigureQqSimulator
class StarterTestTests {

	@Autowired
	MockMvc mvc;

	@Test
	@WithQqUser("alice")
	void withQqUserWhenLoaderThenPrincipalOfApplication() throws Exception {
		Authentication logged = SecurityContextHolder.getContext().getAuthentication();
		assertThat(logged.getPrincipal()).isInstanceOf(User.class);
		assertThat(logged.getAuthorities()).extracting(Object::toString).containsExactly("ROLE_USER");
		this.mvc.perform(get("/")).andExpect(content().string("Hello, alice"));
	}

	@Test
	void qqLoginWhenLoaderThenLoggedIn() throws Exception {
		this.mvc.perform(get("/").with(QqRequestPostProcessors.qqLogin().username("alice")))
			.andExpect(content().string("Hello, alice"));
	}

	@Test
	void logInWhenUnboundThenBindPage(@Autowired QqSimulator qq) throws Exception {
		QqLogins.logIn(this.mvc, qq, QqPerson.PANDA).andExpect(redirectedUrl("/login/qq/bind"));
	}

	@Test
	void startWhenNoAppIdThenSimulatesQq() {
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.getEnvironment().getProperty("qq.oauth2.base-uri"))
				.isEqualTo(context.getBean(QqSimulator.class).url().toString());
		}
	}

	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Home.class)
	static class Shop {

		@Bean
		InMemoryUserDetailsManager users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("alice").password("{noop}alice-password").roles("USER").build());
		}

	}

	@RestController
	static class Home {

		@GetMapping("/")
		String home(Principal principal) {
			return "Hello, " + principal.getName();
		}

	}

}
