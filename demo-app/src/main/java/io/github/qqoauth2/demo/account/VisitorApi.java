package io.github.qqoauth2.demo.account;

import java.security.Principal;
import java.time.OffsetDateTime;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.demo.login.LastLogin;

/**
 * Returns the signed-in user to the single-page app, in place of the model attributes
 * that the controller advices add to the server's pages.
 */
@RestController
final class VisitorApi {

	private final AccountRepository accounts;

	VisitorApi(AccountRepository accounts) {
		this.accounts = accounts;
	}

	@GetMapping("/app/api/visitor")
	ResponseEntity<VisitorResponse> visitor(@Nullable Principal principal, Model model, HttpServletRequest request) {
		boolean captcha = Boolean.TRUE.equals(model.getAttribute("captcha"));
		String lastLogin = LastLogin.of(request);
		VisitorResponse body = new VisitorResponse(captcha, lastLogin, null);
		if (principal != null && model.getAttribute("visitor") instanceof Visitor visitor) {
			body = this.accounts.findByUsername(principal.getName())
				.map((account) -> new VisitorResponse(captcha, lastLogin, Person.of(visitor, account)))
				.orElse(body);
		}
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
	}

	/**
	 * The response body.
	 *
	 * @param captcha whether forms require a captcha
	 * @param lastLogin {@code qq} if this browser last logged in by QQ
	 * @param person the signed-in user; {@code null} if there is none
	 */
	record VisitorResponse(boolean captcha, @Nullable String lastLogin, @Nullable Person person) {

	}

	/**
	 * The signed-in user.
	 *
	 * @param username the username, {@code null} if it was generated
	 * @param name the name to display
	 * @param avatarUrl the avatar of the bound QQ identity
	 * @param mobile the masked mobile number
	 * @param email the e-mail address
	 * @param since the time of the account's creation
	 */
	record Person(@Nullable String username, String name, @Nullable String avatarUrl, @Nullable String mobile,
			@Nullable String email, OffsetDateTime since) {

		static Person of(Visitor visitor, Account account) {
			String mobile = (account.mobile() != null) ? MeController.masked(account.mobile()) : null;
			return new Person(MeController.chosenUsername(account), visitor.displayName(), visitor.avatarUrl(), mobile,
					account.email(), account.createdAt());
		}

	}

}
