package io.github.qqoauth2.demo.login;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class LoginController {

	/** Reads what the chain's own cache has kept in the session. */
	private final RequestCache requestCache = new HttpSessionRequestCache();

	private final boolean simulatedQq;

	LoginController(@Value("${onepage.simulated-qq:false}") boolean simulatedQq) {
		this.simulatedQq = simulatedQq;
	}

	@GetMapping("/login")
	String login(@Nullable Principal principal, HttpServletRequest request, HttpServletResponse response, Model model) {
		if (principal != null) {
			return "redirect:/";
		}
		String saved = NextPage.saved(this.requestCache, request, response);
		String asked = NextPage.asked(request);
		model.addAttribute("wanted", (saved != null) ? saved : asked);
		model.addAttribute("next", asked);
		model.addAttribute("onLoginPage", true);
		model.addAttribute("simulatedQq", this.simulatedQq);
		return "login";
	}

}
