package io.github.qqoauth2.demo.password;

import java.security.Principal;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.github.qqoauth2.demo.account.Account;
import io.github.qqoauth2.demo.account.AccountRepository;
import io.github.qqoauth2.demo.account.AccountSessions;

/**
 * Changes the password of the signed-in user. Requires the current password, or a recent
 * QQ login if the account was registered automatically and has no password yet.
 */
@Controller
@RequestMapping("/password")
final class ChangePasswordController {

	private final AccountRepository accounts;

	private final AccountSessions sessions;

	private final PasswordEncoder passwords;

	private final RecentQqLogin recentQqLogin;

	ChangePasswordController(AccountRepository accounts, AccountSessions sessions, PasswordEncoder passwords,
			RecentQqLogin recentQqLogin) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.passwords = passwords;
		this.recentQqLogin = recentQqLogin;
	}

	@GetMapping
	String page(Principal principal, HttpServletRequest request, Model model) {
		boolean chosen = account(principal).passwordChosen();
		model.addAttribute("passwordChosen", chosen);
		model.addAttribute("verified", chosen || this.recentQqLogin.isRecent(request));
		return "password";
	}

	@PostMapping
	String change(Principal principal, @RequestParam @Nullable String current, @RequestParam @Nullable String password,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		boolean verified = isVerified(account(principal), current, request);
		String error = NewPassword.check(password);
		if (!verified || error != null) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("wrong", !verified);
			model.addAttribute("error", error);
			return page(principal, request, model);
		}
		this.accounts.choosePassword(principal.getName(),
				Objects.requireNonNull(this.passwords.encode(String.valueOf(password))));
		this.sessions.end(principal.getName(), request.getSession().getId());
		return "redirect:/me?password";
	}

	private boolean isVerified(Account account, @Nullable String current, HttpServletRequest request) {
		return account.passwordChosen() ? this.passwords.matches(current, account.password())
				: this.recentQqLogin.isRecent(request);
	}

	private Account account(Principal principal) {
		return this.accounts.findByUsername(principal.getName()).orElseThrow();
	}

}
