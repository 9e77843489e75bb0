package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Ends the login of a user whose proof is too old, and keeps what the user wanted to do,
 * so that the account page continues with it after the next login.
 */
final class SignInAgain {

	/**
	 * Attributes with this prefix survive the session fixation strategy
	 * {@code newSession}.
	 */
	static final String ATTRIBUTE = "SPRING_SECURITY_QQ_SIGN_IN";

	private static final Log logger = LogFactory.getLog(SignInAgain.class);

	private final LoginStore wishes = new HttpSessionLoginStore(ATTRIBUTE);

	private final CurrentAuthentication currentAuthentication;

	private final PendingBindingRepository pendingBindings;

	private final AccountProofs proofs;

	private final LoginChain chain;

	private final Duration timeout;

	private final Clock clock;

	SignInAgain(CurrentAuthentication currentAuthentication, PendingBindingRepository pendingBindings,
			AccountProofs proofs, LoginChain chain, Duration timeout, Clock clock) {
		this.currentAuthentication = currentAuthentication;
		this.pendingBindings = pendingBindings;
		this.proofs = proofs;
		this.chain = chain;
		this.timeout = timeout;
		this.clock = clock;
	}

	/**
	 * Ends the login in this browser. The pending binding stays, and so does the wish
	 * that the request names.
	 */
	void begin(HttpServletRequest request, HttpServletResponse response, Authentication account) {
		PendingBinding pending = this.pendingBindings.load(request);
		Wish wish = (pending != null) ? Wish.CONFIRM : Wish.of(request.getParameter(LoginPaths.FOR_PARAMETER));
		this.proofs.remove(request, response);
		end(request, response, account);
		if (this.chain.isStateless()) {
			return;
		}
		this.wishes.put(request, response,
				this.clock.instant().plus(this.timeout).toEpochMilli() + " " + wish + " " + account.getName());
		if (pending != null) {
			this.pendingBindings.save(request, response, pending);
		}
	}

	/**
	 * Ends the login by the logout handlers of the chain, as the servlet API calls them,
	 * and whatever is left of it if the application has disabled them.
	 */
	private void end(HttpServletRequest request, HttpServletResponse response, Authentication account) {
		try {
			request.logout();
		}
		catch (ServletException ex) {
			logger.debug("The servlet container could not log out", ex);
		}
		if (this.currentAuthentication.get() != null) {
			this.chain.forget(request, response, account);
			this.currentAuthentication.clear();
		}
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.invalidate();
		}
	}

	/**
	 * Returns whether the wish of another account than the signed-in one has been kept.
	 */
	boolean isByOtherAccount(HttpServletRequest request, Authentication account) {
		String[] kept = kept(request);
		return kept != null && !kept[2].equals(account.getName());
	}

	/**
	 * Returns whether the user wanted to unlink before the login.
	 */
	boolean isForUnlinking(HttpServletRequest request) {
		String[] kept = kept(request);
		return kept != null && kept[1].equals(Wish.UNLINK.name());
	}

	private String @Nullable [] kept(HttpServletRequest request) {
		String text = this.chain.isStateless() ? null : this.wishes.get(request);
		String[] parts = (text != null) ? text.split(" ", 3) : new String[0];
		boolean valid = parts.length == 3 && parts[0].matches("[0-9]{1,15}")
				&& this.clock.instant().isBefore(Instant.ofEpochMilli(Long.parseLong(parts[0])));
		return valid ? parts : null;
	}

	/**
	 * Forgets the wish, which has been fulfilled or given up.
	 */
	void done(HttpServletRequest request, HttpServletResponse response) {
		if (!this.chain.isStateless()) {
			this.wishes.remove(request, response);
		}
	}

	/**
	 * What the user wanted to do.
	 */
	private enum Wish {

		/** To bind the pending QQ identity. */
		CONFIRM,

		/** To link a QQ identity. */
		LINK,

		/** To unlink the QQ identity. */
		UNLINK;

		static Wish of(@Nullable String parameter) {
			return "unlink".equals(parameter) ? UNLINK : LINK;
		}

	}

}
