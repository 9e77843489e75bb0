package io.github.qqoauth2.test;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@WebMvcTest(properties = "qq.simulator.enabled=false")
@ContextConfiguration(classes = WebSliceTests.Slice.class)
class WebSliceTests {

	@Autowired
	MockMvc mvc;

	@Test
	@WithQqUser("alice")
	void withQqUserWhenNoLoaderThenUserOfSpringSecurity() throws Exception {
		this.mvc.perform(get("/books")).andExpect(content().string("alice"));
	}

	@Test
	void qqLoginWhenNoLoaderThenUserOfSpringSecurity() throws Exception {
		this.mvc.perform(get("/books").with(QqRequestPostProcessors.qqLogin().username("bob")))
			.andExpect(content().string("bob"));
		this.mvc.perform(get("/books").with(QqRequestPostProcessors.qqLogin().authorities("none")))
			.andExpect(status().isForbidden());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	@Import(Books.class)
	static class Slice {

	}

	@RestController
	static class Books {

		@GetMapping("/books")
		@PreAuthorize("hasRole('USER')")
		String books(java.security.Principal principal) {
			return principal.getName();
		}

	}

}
