package io.github.qqoauth2.bind;

import java.security.Principal;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.util.ClassUtils;

/**
 * Ends the other sessions of an account, if the application has a {@code SessionRegistry}
 * or a session repository that finds sessions by principal name.
 */
final class OtherSessions {

	private static final boolean SPRING_SESSION = ClassUtils.isPresent(
			"org.springframework.session.FindByIndexNameSessionRepository", OtherSessions.class.getClassLoader());

	private final ApplicationContext context;

	OtherSessions(ApplicationContext context) {
		this.context = context;
	}

	/**
	 * Ends all sessions of an account except that of the request.
	 */
	void end(HttpServletRequest request, String account) {
		HttpSession session = request.getSession(false);
		String own = (session != null) ? session.getId() : null;
		if (SPRING_SESSION && IndexedStore.end(this.context, account, own)) {
			return;
		}
		SessionRegistry registry = this.context.getBeanProvider(SessionRegistry.class).getIfUnique();
		if (registry != null) {
			end(registry, account, own);
		}
	}

	private static void end(SessionRegistry registry, String account, @Nullable String own) {
		for (Object principal : registry.getAllPrincipals()) {
			if (name(principal).equals(account)) {
				registry.getAllSessions(principal, false)
					.stream()
					.filter((session) -> !session.getSessionId().equals(own))
					.forEach((session) -> session.expireNow());
			}
		}
	}

	private static String name(Object principal) {
		if (principal instanceof UserDetails user) {
			return user.getUsername();
		}
		if (principal instanceof AuthenticatedPrincipal authenticated) {
			return authenticated.getName();
		}
		return (principal instanceof Principal named) ? named.getName() : principal.toString();
	}

	/**
	 * Keeps Spring Session, which is optional, out of the enclosing class.
	 */
	private static final class IndexedStore {

		private IndexedStore() {
		}

		static boolean end(ApplicationContext context, String account, @Nullable String own) {
			FindByIndexNameSessionRepository<?> store = context.getBeanProvider(FindByIndexNameSessionRepository.class)
				.getIfUnique();
			if (store == null) {
				return false;
			}
			List.copyOf(store.findByPrincipalName(account).keySet())
				.stream()
				.filter((id) -> !id.equals(own))
				.forEach(store::deleteById);
			return true;
		}

	}

}
