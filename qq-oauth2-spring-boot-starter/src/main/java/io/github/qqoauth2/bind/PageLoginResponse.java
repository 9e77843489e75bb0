package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;

/**
 * Writes pages and redirects.
 */
final class PageLoginResponse implements LoginResponse {

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	private final LoginPages pages;

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	PageLoginResponse(LoginPages pages, HttpServletRequest request, HttpServletResponse response) {
		this.pages = pages;
		this.request = request;
		this.response = response;
	}

	/**
	 * If the bind page is a page of the application or only leads to the login page, the
	 * login there leads to the confirmation, and the confirmation to the page that was
	 * requested first.
	 */
	@Override
	public void bindingRequired(PendingBinding pending) throws IOException {
		if (!this.pages.bindPagePath().equals(LoginPaths.BIND_PAGE) || !this.pages.bindPage().acceptsPasswords()) {
			this.pages.chain().savedPages().save(this.request, this.response, LoginPaths.ACCOUNT_PAGE);
		}
		redirect(this.pages.bindPagePath());
	}

	@Override
	public void pending(PendingBinding pending) throws IOException {
		this.pages.bindPage().write(this.request, this.response, pending);
	}

	@Override
	public void tryAgain(PendingBinding pending, @Nullable AuthenticationException failure) throws IOException {
		if (pending.error() != null) {
			LoginErrorRepository.logTry(pending, pending.error(), failure);
		}
		redirect(this.pages.bindPagePath());
	}

	@Override
	public void toAccount(Authentication account) throws IOException {
		redirect(LoginPaths.ACCOUNT_PAGE);
	}

	@Override
	public void question(BindingQuestion question, @Nullable LoginError error) throws IOException {
		if (error != null) {
			LoginErrorRepository.logTry(question.pending(), error, null);
		}
		this.pages.accountPage().writeQuestion(this.request, this.response, question, error);
	}

	@Override
	public void account(Authentication account, @Nullable LoginError error) throws IOException {
		this.pages.accountPage().write(this.request, this.response, account, error);
	}

	/**
	 * The login there leads back to the account page.
	 */
	@Override
	public void signIn() throws IOException {
		this.pages.chain().savedPages().save(this.request, this.response, LoginPaths.ACCOUNT_PAGE);
		redirect(this.pages.chain().loginPage());
	}

	@Override
	public void link(Authentication account) throws IOException {
		redirect(this.pages.chain().start().path(LoginPaths.ACCOUNT_PAGE));
	}

	@Override
	public void move(Authentication account) throws IOException {
		this.response
			.sendRedirect(this.pages.chain().start().beginMove(this.request, this.response, account.getName()));
	}

	@Override
	public void login() throws IOException {
		redirect(this.pages.chain().start().path(null));
	}

	@Override
	public void done(Authentication account, @Nullable String target) throws IOException {
		redirect((target != null) ? target : "/");
	}

	@Override
	public void failed(LoginErrorRepository.Shown error, @Nullable AuthenticationException cause) throws IOException {
		refused(error);
	}

	@Override
	public void refused(LoginErrorRepository.Shown error) throws IOException {
		this.pages.errors().save(this.request, this.response, error);
		redirect(LoginPaths.ERROR_PAGE);
	}

	@Override
	public void noError(@Nullable String target) throws IOException {
		this.response.sendRedirect((target != null) ? target : this.request.getContextPath() + "/");
	}

	@Override
	public void error(LoginErrorRepository.Shown error) throws IOException {
		this.pages.errorPage().write(this.request, this.response, error);
	}

	private void redirect(String path) throws IOException {
		this.redirects.sendRedirect(this.request, this.response, path);
	}

}
