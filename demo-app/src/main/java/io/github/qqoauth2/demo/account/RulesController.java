package io.github.qqoauth2.demo.account;

import java.util.stream.IntStream;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The terms of use and the privacy policy, to which new accounts agree.
 */
@Controller
final class RulesController {

	private static final int PARAGRAPHS = 4;

	@GetMapping({ "/terms", "/privacy" })
	String rules(HttpServletRequest request, Model model) {
		model.addAttribute("rules", request.getRequestURI().endsWith("/terms") ? "terms" : "privacy");
		model.addAttribute("paragraphs", IntStream.rangeClosed(1, PARAGRAPHS).boxed().toList());
		return "rules";
	}

}
