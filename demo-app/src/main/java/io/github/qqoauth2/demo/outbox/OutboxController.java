package io.github.qqoauth2.demo.outbox;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Shows everybody what was sent to anybody, which only a demo on one's own machine may
 * do.
 */
@Controller
final class OutboxController {

	private final Outbox outbox;

	OutboxController(Outbox outbox) {
		this.outbox = outbox;
	}

	@GetMapping("/outbox")
	String outbox(Model model) {
		model.addAttribute("messages", this.outbox.messages());
		return "outbox";
	}

}
