package io.github.qqoauth2.demo.password;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.github.qqoauth2.demo.account.Account;
import io.github.qqoauth2.demo.account.AccountRepository;
import io.github.qqoauth2.demo.guard.TypedForm;
import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.demo.outbox.ShopAddress;
import io.github.qqoauth2.demo.sms.SmsCodeResponse;
import io.github.qqoauth2.demo.sms.SmsCodeSender;
import io.github.qqoauth2.demo.sms.SmsCodes;
import io.github.qqoauth2.demo.sms.SmsPurpose;

/**
 * Sends a code to the mobile number or a link to the e-mail address of an account whose
 * password was forgotten. The response does not reveal whether the account exists.
 */
@Controller
@RequestMapping("/password/forgotten")
final class ForgottenPasswordController {

	private static final String PAGE = "redirect:/password/forgotten?by=";

	private final AccountRepository accounts;

	private final SmsCodeSender sms;

	private final SmsCodes codes;

	private final ResetTokens tokens;

	private final Outbox outbox;

	private final ShopAddress address;

	private final MessageSource messages;

	ForgottenPasswordController(AccountRepository accounts, SmsCodeSender sms, SmsCodes codes, ResetTokens tokens,
			Outbox outbox, ShopAddress address, MessageSource messages) {
		this.accounts = accounts;
		this.sms = sms;
		this.codes = codes;
		this.tokens = tokens;
		this.outbox = outbox;
		this.address = address;
		this.messages = messages;
	}

	@GetMapping
	String page(@RequestParam(defaultValue = "sms") String by, HttpServletRequest request, Model model) {
		Map<String, String> typed = TypedForm.take(request);
		model.addAttribute("byMail", by.equals("mail"));
		model.addAttribute("typed", typed);
		model.addAttribute("seconds", this.sms.secondsToWait(SmsPurpose.RECOVER, typed.get("mobile")));
		if (!model.containsAttribute("errors")) {
			model.addAttribute("errors", Map.of());
		}
		return "forgotten";
	}

	@PostMapping(path = "/code", produces = MediaType.TEXT_HTML_VALUE)
	String sendCode(@RequestParam @Nullable String mobile, HttpServletRequest request, Locale locale,
			RedirectAttributes redirect) {
		TypedForm.keep(request);
		redirect.addFlashAttribute("sms", sendCodeToScript(mobile, locale));
		return PAGE + "sms";
	}

	@PostMapping(path = "/code", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseBody
	SmsCodeResponse sendCodeToScript(@RequestParam @Nullable String mobile, Locale locale) {
		boolean known = mobile != null && this.accounts.findByMobile(mobile).isPresent();
		return this.sms.send(SmsPurpose.RECOVER, mobile, known, locale);
	}

	@PostMapping("/sms")
	String checkCode(@RequestParam(defaultValue = "") String mobile, @RequestParam(defaultValue = "") String code,
			HttpServletRequest request, RedirectAttributes redirect) {
		SmsCodes.Result result = this.codes.use(SmsPurpose.RECOVER, mobile, code);
		Optional<Account> account = this.accounts.findByMobile(mobile);
		if (result == SmsCodes.Result.CORRECT && account.isPresent()) {
			redirect.addAttribute("token", this.tokens.issue(account.get().username()));
			return "redirect:/password/new";
		}
		TypedForm.keep(request);
		redirect.addFlashAttribute("errors", Map.of("code", (result == SmsCodes.Result.EXPIRED) ? "expired" : "wrong"));
		return PAGE + "sms";
	}

	@PostMapping("/mail")
	String sendMail(@RequestParam(defaultValue = "") String email, Locale locale, RedirectAttributes redirect) {
		this.accounts.findByEmail(email.strip().toLowerCase(Locale.ROOT))
			.filter((account) -> !this.tokens.isRecent(account.username()))
			.ifPresent((account) -> sendMail(account, locale));
		redirect.addFlashAttribute("mailed", true);
		return PAGE + "mail";
	}

	private void sendMail(Account account, Locale locale) {
		String link = this.address.of("/password/new?token=" + this.tokens.issue(account.username()));
		this.outbox.mail(String.valueOf(account.email()), this.messages.getMessage("mail.recover", null, locale), link);
	}

}
