package io.github.qqoauth2.demo.login;

import java.security.Principal;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.github.qqoauth2.demo.guard.TypedForm;

@Controller
final class LoginController {

	private static final Set<String> ERRORS = Set.of("credentials", "status", "captcha");

	/** Reads the request saved in the session by the chain's request cache. */
	private final RequestCache requestCache = new HttpSessionRequestCache();

	private final boolean simulatedQq;

	LoginController(Environment environment) {
		this.simulatedQq = environment.containsProperty("qq.simulator.url");
	}

	@GetMapping("/login")
	String login(@Nullable Principal principal, HttpServletRequest request, HttpServletResponse response, Model model) {
		if (principal != null) {
			return "redirect:/";
		}
		String saved = NextPage.saved(this.requestCache, request, response);
		String requested = NextPage.requested(request);
		model.addAttribute("target", (saved != null) ? saved : requested);
		model.addAttribute("next", requested);
		model.addAttribute("onLoginPage", true);
		model.addAttribute("error", error(request));
		model.addAttribute("typed", TypedForm.take(request));
		model.addAttribute("lastLogin", LastLogin.of(request));
		model.addAttribute("simulatedQq", this.simulatedQq);
		return "login";
	}

	private static @Nullable String error(HttpServletRequest request) {
		String error = request.getParameter("error");
		return (error == null || ERRORS.contains(error)) ? error : "credentials";
	}

	/**
	 * Target of the form's second button, so that one checkbox "stay signed in" applies
	 * to both kinds of login. All other fields of the form are discarded.
	 */
	@PostMapping("/login/by-qq")
	String byQq(@RequestParam(name = "remember-me", defaultValue = "false") String rememberMe,
			HttpServletRequest request, RedirectAttributes redirect) {
		String next = NextPage.requested(request);
		if (next != null) {
			redirect.addAttribute(NextPage.PARAMETER, next);
		}
		if (!rememberMe.equals("false")) {
			redirect.addAttribute("remember-me", true);
		}
		return "redirect:/oauth2/authorization/qq";
	}

}
