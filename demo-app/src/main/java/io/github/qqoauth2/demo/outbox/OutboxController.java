package io.github.qqoauth2.demo.outbox;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Displays all messages without authentication. This is acceptable only in a demo that
 * runs on the local machine.
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
