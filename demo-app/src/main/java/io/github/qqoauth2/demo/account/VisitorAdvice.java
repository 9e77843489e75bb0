package io.github.qqoauth2.demo.account;

import java.security.Principal;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * Tells every page who is looking at it. The nickname comes from the binding and not from
 * the principal, since it is shown after a login by password too.
 */
@ControllerAdvice
final class VisitorAdvice {

	private final QqAccountBindings bindings;

	private final AccountRepository accounts;

	VisitorAdvice(QqAccountBindings bindings, AccountRepository accounts) {
		this.bindings = bindings;
		this.accounts = accounts;
	}

	@ModelAttribute("visitor")
	@Nullable Visitor visitor(@Nullable Principal principal) {
		if (principal == null) {
			return null;
		}
		String name = this.accounts.findByUsername(principal.getName()).map(Account::nickname).orElse(null);
		QqAccountBinding binding = this.bindings.find(principal.getName());
		return (binding != null) ? new Visitor(principal.getName(), name, binding.nickname(), binding.avatarUrl(), true)
				: new Visitor(principal.getName(), name, null, null, false);
	}

}
