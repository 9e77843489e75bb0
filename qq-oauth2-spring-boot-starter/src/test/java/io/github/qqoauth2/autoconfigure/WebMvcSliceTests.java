package io.github.qqoauth2.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.bind.QqLogin;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the starter is inactive in slice tests of an application.
 */
@WebMvcTest
@Import(WebMvcSliceTests.Controller.class)
@TestPropertySource(properties = { "qq.oauth2.app-id=101000001", "qq.oauth2.app-key=key" })
class WebMvcSliceTests {

	private final ApplicationContext context;

	private final MockMvcTester mvc;

	@Autowired
	WebMvcSliceTests(ApplicationContext context, MockMvcTester mvc) {
		this.context = context;
		this.mvc = mvc;
	}

	@Test
	@WithMockUser
	void sliceWhenStartedThenStarterIsInactive() {
		assertThat(this.context.getBeanNamesForType(QqLogin.class)).isEmpty();
		assertThat(this.mvc.get().uri("/hello")).hasStatusOk().hasBodyTextEqualTo("hello");
		assertThat(this.mvc.get().uri("/login/qq/error")).hasStatus(404);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

	@RestController
	static class Controller {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

	}

}
