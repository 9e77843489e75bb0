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
 * Changes the password of whoever is signed in. It takes the old one, or, where the
 * account was made by QQ without asking and has none, a QQ login of a few minutes ago.
 */
@Controller
@RequestMapping("/password")
final class ChangePasswordController {

	private final AccountRepository accounts;

	private final AccountSessions sessions;

	private final PasswordEncoder passwords;

	private final FreshQqLogin freshQqLogin;

	ChangePasswordController(AccountRepository accounts, AccountSessions sessions, PasswordEncoder passwords,
			FreshQqLogin freshQqLogin) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.passwords = passwords;
		this.freshQqLogin = freshQqLogin;
	}

	@GetMapping
	String page(Principal principal, HttpServletRequest request, Model model) {
		boolean chosen = account(principal).passwordChosen();
		model.addAttribute("passwordChosen", chosen);
		model.addAttribute("proved", chosen || this.freshQqLogin.isFresh(request));
		return "password";
	}

	@PostMapping
	String change(Principal principal, @RequestParam @Nullable String current, @RequestParam @Nullable String password,
			HttpServletRequest request, HttpServletResponse response, Model model) {
		boolean proved = isProved(account(principal), current, request);
		String error = NewPassword.check(password);
		if (!proved || error != null) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("wrong", !proved);
			model.addAttribute("error", error);
			return page(principal, request, model);
		}
		this.accounts.choosePassword(principal.getName(),
				Objects.requireNonNull(this.passwords.encode(String.valueOf(password))));
		this.sessions.end(principal.getName(), request.getSession().getId());
		return "redirect:/me?password";
	}

	private boolean isProved(Account account, @Nullable String current, HttpServletRequest request) {
		return account.passwordChosen() ? this.passwords.matches(current, account.password())
				: this.freshQqLogin.isFresh(request);
	}

	private Account account(Principal principal) {
		return this.accounts.findByUsername(principal.getName()).orElseThrow();
	}

}
