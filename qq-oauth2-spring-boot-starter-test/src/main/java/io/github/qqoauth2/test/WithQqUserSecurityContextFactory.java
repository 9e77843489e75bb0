package io.github.qqoauth2.test;

import java.util.List;

import org.springframework.context.ApplicationContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/**
 * Creates the security context of {@link WithQqUser}.
 */
final class WithQqUserSecurityContextFactory implements WithSecurityContextFactory<WithQqUser> {

	private final ApplicationContext context;

	WithQqUserSecurityContextFactory(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public SecurityContext createSecurityContext(WithQqUser user) {
		SecurityContext security = SecurityContextHolder.getContextHolderStrategy().createEmptyContext();
		security.setAuthentication(
				new LoggedInUser(user.username(), user.nickname(), user.avatarUrl(), List.of(user.authorities()))
					.authenticate(this.context));
		return security;
	}

}
