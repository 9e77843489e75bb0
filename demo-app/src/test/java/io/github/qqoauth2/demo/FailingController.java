package io.github.qqoauth2.demo;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * A page that fails with an exception.
 */
@Controller
final class FailingController {

	@GetMapping("/books/broken")
	String fail() {
		return String.valueOf(1 / "".length());
	}

}
