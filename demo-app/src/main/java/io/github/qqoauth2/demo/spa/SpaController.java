package io.github.qqoauth2.demo.spa;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serves the single-page app at each of its routes.
 */
@Controller
final class SpaController {

	private final boolean simulatedQq;

	SpaController(Environment environment) {
		this.simulatedQq = environment.containsProperty("qq.simulator.url");
	}

	@GetMapping({ "/app", "/app/", "/app/books/{id:[0-9]{1,18}}", "/app/login", "/app/callback", "/app/bind",
			"/app/welcome", "/app/me" })
	String page(Model model) {
		model.addAttribute("simulatedQq", this.simulatedQq);
		return "app";
	}

}
