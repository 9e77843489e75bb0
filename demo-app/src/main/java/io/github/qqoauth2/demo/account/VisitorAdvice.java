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

	VisitorAdvice(QqAccountBindings bindings) {
		this.bindings = bindings;
	}

	@ModelAttribute("visitor")
	@Nullable Visitor visitor(@Nullable Principal principal) {
		if (principal == null) {
			return null;
		}
		QqAccountBinding binding = this.bindings.find(principal.getName());
		return (binding != null) ? new Visitor(principal.getName(), binding.nickname(), binding.avatarUrl(), true)
				: new Visitor(principal.getName(), null, null, false);
	}

}
