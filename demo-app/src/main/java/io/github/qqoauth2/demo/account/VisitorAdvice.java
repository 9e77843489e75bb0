package io.github.qqoauth2.demo.account;

import java.security.Principal;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.bind.QqLogin;

/**
 * Adds the signed-in user to the model of every page. The nickname is read from the
 * binding and not from the principal, because it is also shown after a password login.
 */
@ControllerAdvice
final class VisitorAdvice {

	private final QqAccountBindings bindings;

	private final AccountRepository accounts;

	private final QqLogin qq;

	VisitorAdvice(QqAccountBindings bindings, AccountRepository accounts, QqLogin qq) {
		this.bindings = bindings;
		this.qq = qq;
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

	/**
	 * The pending binding that the signed-in user has to confirm.
	 */
	@ModelAttribute("pendingQq")
	@Nullable Map<String, Object> pendingQq(@Nullable Principal principal, HttpServletRequest request) {
		return (principal != null) ? this.qq.pendingBinding(request) : null;
	}

}
