package io.github.qqoauth2.demo.password;

import java.time.Clock;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.bind.QqLogin;

/**
 * The form for a new password, opened after a code was checked or by a link in a mail. It
 * also asks whether to keep a bound QQ identity. Opening the page does not use up the
 * token.
 */
@Controller
@RequestMapping("/password/new")
final class NewPasswordController {

	private final ResetTokens tokens;

	private final PasswordReset reset;

	private final QqAccountBindings bindings;

	private final QqLogin qq;

	private final Clock clock;

	NewPasswordController(ResetTokens tokens, PasswordReset reset, QqAccountBindings bindings, QqLogin qq,
			Clock clock) {
		this.tokens = tokens;
		this.reset = reset;
		this.bindings = bindings;
		this.qq = qq;
		this.clock = clock;
	}

	@GetMapping
	String page(@RequestParam(defaultValue = "") String token, Model model, HttpServletResponse response) {
		String account = this.tokens.account(token);
		if (account == null) {
			response.setStatus(HttpStatus.GONE.value());
			return "new-password";
		}
		QqAccountBinding binding = this.bindings.find(account);
		model.addAttribute("token", token);
		if (binding != null) {
			model.addAttribute("qqNickname", binding.nickname());
			model.addAttribute("qqSince", binding.createdAt().atZone(this.clock.getZone()));
		}
		return "new-password";
	}

	@PostMapping
	String choose(@RequestParam(defaultValue = "") String token, @RequestParam @Nullable String password,
			@RequestParam(name = "qq", defaultValue = "unlink") String choice, Model model, HttpServletRequest request,
			HttpServletResponse response) {
		String error = NewPassword.check(password);
		if (error != null) {
			response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
			model.addAttribute("error", error);
			model.addAttribute("keep", choice.equals("keep"));
			return page(token, model, response);
		}
		if (!this.reset.reset(token, String.valueOf(password), choice.equals("keep"))) {
			return page("", model, response);
		}
		return (this.qq.pendingBinding(request) != null) ? "redirect:/bind?reset" : "redirect:/login?reset";
	}

}
