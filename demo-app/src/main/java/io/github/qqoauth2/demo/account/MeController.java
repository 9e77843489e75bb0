package io.github.qqoauth2.demo.account;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class MeController {

	private static final String MADE_UP = "qq_";

	private final AccountRepository accounts;

	private final AccountActivityRepository activities;

	MeController(AccountRepository accounts, AccountActivityRepository activities) {
		this.accounts = accounts;
		this.activities = activities;
	}

	@GetMapping("/me")
	String me(Principal principal, Model model) {
		this.accounts.findByUsername(principal.getName()).ifPresent((account) -> show(account, model));
		model.addAttribute("activities", this.activities.findTop5ByAccountOrderByIdDesc(principal.getName()));
		return "me";
	}

	private static void show(Account account, Model model) {
		model.addAttribute("since", account.createdAt());
		model.addAttribute("mobile", masked(String.valueOf(account.mobile())));
		model.addAttribute("email", account.email());
		model.addAttribute("username", named(account));
		model.addAttribute("passwordChosen", account.passwordChosen());
	}

	/**
	 * The username, unless the shop made it up.
	 */
	static @Nullable String named(Account account) {
		return account.username().startsWith(MADE_UP) ? null : account.username();
	}

	/**
	 * Enough to know it again, for whoever looks over a shoulder too little.
	 */
	static String masked(String mobile) {
		return (mobile.length() == 11) ? mobile.substring(0, 3) + "****" + mobile.substring(7) : "";
	}

}
