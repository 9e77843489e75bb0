package io.github.qqoauth2.demo.account;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class MeController {

	private static final String GENERATED_USERNAME_PREFIX = "qq_";

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
		model.addAttribute("username", chosenUsername(account));
		model.addAttribute("passwordChosen", account.passwordChosen());
	}

	/**
	 * Returns the username, or {@code null} if it was generated.
	 */
	static @Nullable String chosenUsername(Account account) {
		return account.username().startsWith(GENERATED_USERNAME_PREFIX) ? null : account.username();
	}

	/**
	 * Hides the middle digits of a mobile number.
	 */
	static String masked(String mobile) {
		return (mobile.length() == 11) ? mobile.substring(0, 3) + "****" + mobile.substring(7) : "";
	}

}
