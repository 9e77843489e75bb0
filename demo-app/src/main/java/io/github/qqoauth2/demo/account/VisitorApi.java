package io.github.qqoauth2.demo.account;

import java.security.Principal;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the single page who is looking at it: what the other pages are told by the
 * advices of their controllers.
 */
@RestController
final class VisitorApi {

	private final AccountRepository accounts;

	VisitorApi(AccountRepository accounts) {
		this.accounts = accounts;
	}

	@GetMapping("/app/api/visitor")
	ResponseEntity<Answer> visitor(@Nullable Principal principal, Model model) {
		boolean captcha = Boolean.TRUE.equals(model.getAttribute("captcha"));
		Answer answer = new Answer(captcha, null);
		if (principal != null && model.getAttribute("visitor") instanceof Visitor visitor) {
			answer = this.accounts.findByUsername(principal.getName())
				.map((account) -> new Answer(captcha, Person.of(visitor, account)))
				.orElse(answer);
		}
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(answer);
	}

	/**
	 * What the single page is told.
	 *
	 * @param captcha whether its forms need the picture
	 * @param person who is signed in; {@code null} for nobody
	 */
	record Answer(boolean captcha, @Nullable Person person) {

	}

	/**
	 * Who is signed in.
	 *
	 * @param username what they may sign in as, where they chose it
	 * @param name what the shop calls them
	 * @param avatarUrl the picture of the bound QQ
	 * @param mobile enough of the number to know it again
	 * @param email the e-mail address
	 * @param since since when they have the account
	 */
	record Person(@Nullable String username, String name, @Nullable String avatarUrl, @Nullable String mobile,
			@Nullable String email, OffsetDateTime since) {

		static Person of(Visitor visitor, Account account) {
			String mobile = (account.mobile() != null) ? MeController.masked(account.mobile()) : null;
			return new Person(MeController.named(account), visitor.displayName(), visitor.avatarUrl(), mobile,
					account.email(), account.createdAt());
		}

	}

}
