package io.github.qqoauth2.demo.account;

import java.security.Principal;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class MeController {

	private final AccountRepository accounts;

	MeController(AccountRepository accounts) {
		this.accounts = accounts;
	}

	@GetMapping("/me")
	String me(Principal principal, Model model) {
		this.accounts.findByUsername(principal.getName())
			.ifPresent((account) -> model.addAttribute("since", account.createdAt()));
		return "me";
	}

}
