package io.github.qqoauth2.demo.login;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.demo.guard.TypedForm;
import io.github.qqoauth2.demo.sms.SmsCodeResponse;
import io.github.qqoauth2.demo.sms.SmsCodeSender;
import io.github.qqoauth2.demo.sms.SmsPurpose;

/**
 * The shop's bind page. The starter provides the pending binding and processes both
 * forms.
 */
@Controller
final class BindController {

	static final String PAGE = "/bind";

	private static final Set<String> ERRORS = Set.of("credentials", "account-status");

	private final QqLogin qq;

	private final SmsCodeSender sms;

	private final boolean oneClick;

	BindController(QqLogin qq, SmsCodeSender sms, @Value("${onepage.one-click:false}") boolean oneClick) {
		this.qq = qq;
		this.sms = sms;
		this.oneClick = oneClick;
	}

	/**
	 * Without a pending binding, the starter's page reports that there is none.
	 */
	@GetMapping(PAGE)
	String page(@Nullable Principal principal, @RequestParam @Nullable String tab, @RequestParam @Nullable String error,
			HttpServletRequest request, Model model) {
		if (principal != null) {
			return "redirect:/account/qq";
		}
		if (!(request.getAttribute(QqLogin.BINDING_ATTRIBUTE) instanceof Map<?, ?> pending)) {
			return "redirect:" + QqLogin.BIND_PAGE;
		}
		Map<String, Object> typed = typed(request, pending);
		boolean isNew = (tab != null && !this.oneClick) ? tab.equals("register") : pending.get("errors") != null;
		model.addAttribute("qq", pending);
		model.addAttribute("oneClick", this.oneClick);
		model.addAttribute("initial", initial(pending.get("nickname")));
		model.addAttribute("isNew", isNew);
		model.addAttribute("typed", typed);
		model.addAttribute("errors", (isNew && pending.get("errors") != null) ? pending.get("errors") : Map.of());
		model.addAttribute("error", (error != null) ? "captcha" : error(pending.get("error")));
		model.addAttribute("seconds",
				this.sms.secondsToWait(SmsPurpose.REGISTER, (String) typed.getOrDefault("mobile", "")));
		return "bind";
	}

	private static String initial(@Nullable Object nickname) {
		return (nickname instanceof String name && !name.isEmpty()) ? name.substring(0, name.offsetByCodePoints(0, 1))
				: "Q";
	}

	private static Map<String, Object> typed(HttpServletRequest request, Map<?, ?> pending) {
		Map<String, Object> typed = new LinkedHashMap<>();
		if (pending.get("nickname") instanceof String nickname && nickname.codePointCount(0, nickname.length()) <= 20) {
			typed.put("nickname", nickname);
		}
		if (pending.get("values") instanceof Map<?, ?> values) {
			values.forEach((name, value) -> typed.put(String.valueOf(name), value));
		}
		typed.putAll(TypedForm.take(request));
		return typed;
	}

	private static @Nullable String error(@Nullable Object code) {
		if (code == null) {
			return null;
		}
		return ERRORS.contains(code) ? (String) code : "internal";
	}

	/**
	 * Redirects from the starter's default bind page.
	 */
	@GetMapping(QqLogin.BIND_PAGE)
	String defaultBindPage() {
		return "redirect:" + PAGE;
	}

	/**
	 * Sends a code only if there is a pending binding, since each message costs money and
	 * reaches a person.
	 */
	@PostMapping(path = "/bind/code", produces = MediaType.TEXT_HTML_VALUE)
	String sendCode(@RequestParam @Nullable String mobile, HttpServletRequest request, Locale locale,
			RedirectAttributes redirect) {
		if (this.qq.pendingBinding(request) == null) {
			return "redirect:" + QqLogin.BIND_PAGE;
		}
		TypedForm.keep(request);
		redirect.addFlashAttribute("sms", this.sms.send(SmsPurpose.REGISTER, mobile, true, locale));
		return "redirect:" + PAGE + "?tab=register";
	}

	@PostMapping(path = "/bind/code", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	ResponseEntity<SmsCodeResponse> sendCodeToScript(@RequestParam @Nullable String mobile, HttpServletRequest request,
			Locale locale) {
		if (this.qq.pendingBinding(request) == null) {
			return ResponseEntity.status(410).build();
		}
		return ResponseEntity.ok(this.sms.send(SmsPurpose.REGISTER, mobile, true, locale));
	}

}
