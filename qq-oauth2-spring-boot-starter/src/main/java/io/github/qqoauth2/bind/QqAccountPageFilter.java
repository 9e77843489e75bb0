package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.web.filter.OncePerRequestFilter;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * The signed-in user's page, behind the application's authorization rules: shows the QQ
 * that is bound, and asks about the one that waits.
 */
final class QqAccountPageFilter extends OncePerRequestFilter {

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	private final SignedIn signedIn;

	private final PendingBindingRepository pendings;

	private final QqAccountBindings bindings;

	private final BindingDecision decision;

	private final QqAccountPage page;

	private final QqErrorPage errorPage;

	private @Nullable AuthenticationManager authenticationManager;

	QqAccountPageFilter(SignedIn signedIn, PendingBindingRepository pendings, QqAccountBindings bindings,
			BindingDecision decision, QqAccountPage page, QqErrorPage errorPage) {
		this.signedIn = signedIn;
		this.pendings = pendings;
		this.bindings = bindings;
		this.decision = decision;
		this.page = page;
		this.errorPage = errorPage;
	}

	void setAuthenticationManager(AuthenticationManager authenticationManager) {
		this.authenticationManager = authenticationManager;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !QqLogin.isAt(request, QqLogin.ACCOUNT_PAGE);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication account = this.signedIn.get();
		if (account == null) {
			throw new InsufficientAuthenticationException("A page of a signed-in user");
		}
		switch (request.getMethod()) {
			case "GET", "HEAD" -> show(request, response, account);
			case "POST" -> decide(request, response, account);
			default -> {
				response.setHeader("Allow", "GET, HEAD, POST");
				response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
			}
		}
	}

	private void show(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (pending != null) {
			ask(request, response, account, pending, null);
			return;
		}
		QqAccountBinding binding = this.bindings.find(account.getName());
		if (binding != null) {
			this.page.writeBound(request, response, binding);
		}
		else {
			this.page.writeNone(request, response);
		}
	}

	private void decide(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (pending == null) {
			this.errorPage.write(request, response, LoginError.BINDING_EXPIRED);
		}
		else if (!pending.id().equals(request.getParameter(QqLogin.BINDING_PARAMETER))) {
			this.errorPage.write(request, response, LoginError.BINDING_CHANGED);
		}
		else if (request.getParameter("dismiss") != null) {
			leave(request, response, pending);
		}
		else if (passwordRequired(pending, account) && !passwordCame(request)) {
			ask(request, response, account, pending, LoginError.PASSWORD_REQUIRED);
		}
		else if (passwordRequired(pending, account) && !this.pendings.tries().begin(pending)) {
			end(request, response, pending);
		}
		else if (passwordRequired(pending, account) && !passwordHolds(request, account)) {
			refuse(request, response, account, pending.withFailure());
		}
		else {
			bind(request, response, account, pending);
		}
	}

	private void bind(HttpServletRequest request, HttpServletResponse response, Authentication account,
			PendingBinding pending) throws IOException {
		LoginError obstacle = this.decision.bind(pending, account.getName());
		if (obstacle != null) {
			this.errorPage.write(request, response, obstacle);
			return;
		}
		leave(request, response, pending);
	}

	private void leave(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException {
		this.pendings.remove(request);
		String target = pending.target();
		this.redirects.sendRedirect(request, response, (target != null) ? target : "/");
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, Authentication account,
			PendingBinding failed) throws IOException {
		if (failed.failures() >= PendingBinding.FAILURES_ALLOWED) {
			end(request, response, failed);
			return;
		}
		this.pendings.save(request, failed);
		ask(request, response, account, failed, LoginError.WRONG_PASSWORD);
	}

	private void end(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException {
		this.pendings.remove(request);
		this.errorPage.write(request, response, LoginError.TOO_MANY_ATTEMPTS, pending.target());
	}

	private void ask(HttpServletRequest request, HttpServletResponse response, Authentication account,
			PendingBinding pending, @Nullable LoginError error) throws IOException {
		this.page.writeQuestion(request, response, pending, account.getName(), passwordRequired(pending, account),
				error);
	}

	/**
	 * A session left open, or a remembered one, proves less than the QQ that was proved
	 * just now.
	 */
	private boolean passwordRequired(PendingBinding pending, Authentication account) {
		return pending.afterAccount() || this.signedIn.isRemembered(account);
	}

	private static boolean passwordCame(HttpServletRequest request) {
		String password = request.getParameter("password");
		return password != null && !password.isEmpty();
	}

	private boolean passwordHolds(HttpServletRequest request, Authentication account) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken
			.unauthenticated(account.getName(), request.getParameter("password"));
		token.setDetails(new WebAuthenticationDetailsSource().buildDetails(request));
		try {
			Authentication proof = Objects.requireNonNull(this.authenticationManager).authenticate(token);
			return proof.getName().equals(account.getName());
		}
		catch (AuthenticationException ex) {
			return false;
		}
	}

}
