package io.github.qqoauth2.demo;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * A page with a fault, which the shop itself has not.
 */
@Controller
final class BrokenPage {

	@GetMapping("/books/broken")
	String broken() {
		return String.valueOf(1 / "".length());
	}

}
