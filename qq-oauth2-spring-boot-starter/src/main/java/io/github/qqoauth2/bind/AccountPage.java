package io.github.qqoauth2.bind;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * Writes the page of the signed-in user: the question whether to bind a pending QQ
 * identity, the current binding, or the offer to link a QQ identity.
 */
final class AccountPage {

	private final QqAccountBindings bindings;

	private final AccountQuestions questions;

	private final PageLayout layout;

	private final LoginMessages messages;

	private final Clock clock;

	AccountPage(QqAccountBindings bindings, AccountQuestions questions, PageLayout layout, LoginMessages messages,
			Clock clock) {
		this.bindings = bindings;
		this.questions = questions;
		this.layout = layout;
		this.messages = messages;
		this.clock = clock;
	}

	void writeQuestion(HttpServletRequest request, HttpServletResponse response, BindingQuestion question,
			@Nullable LoginError error) throws IOException {
		LoginMessages.Localized texts = this.messages.in(request);
		PendingBinding pending = question.pending();
		String account = question.account().getName();
		String from = question.from();
		String nickname = pending.nickname();
		String heading = (nickname != null) ? texts.text("account.confirm", nickname, account)
				: texts.text("account.confirm.nameless", account);
		Html fields = new Html().add("{}{}", BindPage.csrf(request),
				Html.hidden(LoginPaths.BINDING_PARAMETER, pending.id()));
		String action = request.getContextPath() + LoginPaths.ACCOUNT_PAGE;
		Html html = new Html().add("{}<h1>{}</h1>\n", PageLayout.avatar(nickname, pending.avatarUrl()), heading)
			.add("{}{}{}", otherAccount(request, texts, question.account()), moving(texts, question.moving(), account),
					BindPage.alert(texts, error))
			.add("{}",
					proved(texts, question.proofRequired(),
							new Html().add("<form method=\"post\" action=\"{}\">\n{}{}", action, fields,
									Html.hidden(LoginPaths.FROM_PARAMETER, from)),
							texts.text("account.submit")))
			.add("{}", signInAgain(request, texts, question.proofRequired(), ""))
			.add("<form method=\"post\" action=\"{}\">\n{}<input type=\"hidden\" name=\"dismiss\" value=\"true\">\n",
					action, fields)
			.add("<button class=\"button quiet\" type=\"submit\">{}</button>\n</form>\n",
					texts.text("account.dismiss"));
		int status = (error != null) ? error.status() : HttpServletResponse.SC_OK;
		this.layout.write(request, response, status, texts, texts.text("account.title"), html);
	}

	private static Html moving(LoginMessages.Localized texts, @Nullable QqAccountBinding moving, String account) {
		if (moving == null) {
			return new Html();
		}
		String key = moving.registered() ? "account.moving" : "account.moving.own";
		return new Html().add("<p class=\"note\">{}</p>\n", texts.text(key, moving.account(), account));
	}

	private Html otherAccount(HttpServletRequest request, LoginMessages.Localized texts, Authentication account) {
		return new Html().addIf(this.questions.isOtherAccount(request, account), "<p class=\"note\">{}</p>\n",
				texts.text("account.other"));
	}

	/**
	 * Completes a form for a change of the binding. If a proof is required, the form has
	 * a field for the password, and where accounts have none there is no form.
	 */
	private Html proved(LoginMessages.Localized texts, boolean proofRequired, Html form, String button) {
		if (proofRequired && !this.questions.acceptsPasswords()) {
			return new Html();
		}
		return form.addIf(proofRequired, """
				<label for="password">{}</label>
				<input type="password" id="password" name="password" autocomplete="current-password" required>
				""", texts.text("account.password"))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n", button);
	}

	/**
	 * Offers to sign in again, as the only proof where accounts have no passwords.
	 */
	private Html signInAgain(HttpServletRequest request, LoginMessages.Localized texts, boolean proofRequired,
			String wish) {
		if (!proofRequired) {
			return new Html();
		}
		boolean only = !this.questions.acceptsPasswords();
		return new Html().addIf(only, "<p class=\"note\">{}</p>\n", texts.text("account.proof"))
			.add("<form method=\"post\" action=\"{}\">\n{}{}", request.getContextPath() + LoginPaths.SIGN_IN,
					BindPage.csrf(request), Html.hidden(LoginPaths.FOR_PARAMETER, wish))
			.add("<button class=\"{}\" type=\"submit\">{}</button>\n</form>\n", only ? "button" : "button quiet",
					texts.text("account.sign-in"));
	}

	/**
	 * Writes the binding of an account, or that it has none.
	 */
	void write(HttpServletRequest request, HttpServletResponse response, Authentication account,
			@Nullable LoginError error) throws IOException {
		QqAccountBinding binding = this.bindings.find(account.getName());
		if (binding != null) {
			writeBound(request, response, account, binding, error);
		}
		else {
			writeNone(request, response, account);
		}
	}

	private void writeBound(HttpServletRequest request, HttpServletResponse response, Authentication account,
			QqAccountBinding binding, @Nullable LoginError error) throws IOException {
		LoginMessages.Localized texts = this.messages.in(request);
		String nickname = binding.nickname();
		LocalDate last = LocalDate.ofInstant(binding.lastLoginAt(), zone());
		boolean today = last.equals(LocalDate.ofInstant(this.clock.instant(), zone()));
		Html html = new Html()
			.add("{}<h1>{}</h1>\n", PageLayout.avatar(nickname, binding.avatarUrl()),
					(nickname != null) ? nickname : texts.text("account.nameless"))
			.add("<p class=\"lead\">{}</p>\n",
					texts.text("account.bound", LocalDate.ofInstant(binding.createdAt(), zone()).toString(),
							today ? texts.text("account.today") : last.toString()))
			.add("{}{}{}{}", otherAccount(request, texts, account), BindPage.alert(texts, error),
					unlinking(request, texts, account, binding.registered(), error), back(request, texts));
		int status = (error != null) ? error.status() : HttpServletResponse.SC_OK;
		this.layout.write(request, response, status, texts, texts.text("account.title"), html);
	}

	/**
	 * Collapsed by default, with a {@code details} element because the pages have no
	 * script.
	 */
	private Html unlinking(HttpServletRequest request, LoginMessages.Localized texts, Authentication account,
			boolean registered, @Nullable LoginError error) {
		boolean proofRequired = this.questions.isUnlinkingProofRequired(request, account);
		boolean open = error != null || this.questions.isForUnlinking(request);
		return new Html().add(open ? "<details open>\n" : "<details>\n")
			.add("<summary class=\"button quiet\">{}</summary>\n", texts.text("account.unlink"))
			.addIf(proofRequired, "<p class=\"note\">{}</p>\n",
					texts.text(registered ? "account.registered" : "account.without-qq"))
			.add("{}",
					proved(texts, proofRequired,
							new Html().add("<form method=\"post\" action=\"{}\">\n{}",
									request.getContextPath() + LoginPaths.UNLINK, BindPage.csrf(request)),
							texts.text("account.unlink")))
			.add("{}</details>\n", signInAgain(request, texts, proofRequired, "unlink"));
	}

	private void writeNone(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		LoginMessages.Localized texts = this.messages.in(request);
		Html html = new Html().add("{}<h1>{}</h1>\n", PageLayout.avatar(null, null), texts.text("account.none"))
			.add("{}", otherAccount(request, texts, account))
			.add("<form method=\"post\" action=\"{}\">\n{}", request.getContextPath() + LoginPaths.LINK,
					BindPage.csrf(request))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n{}", texts.text("account.link"),
					back(request, texts));
		this.layout.write(request, response, HttpServletResponse.SC_OK, texts, texts.text("account.title"), html);
	}

	private static Html back(HttpServletRequest request, LoginMessages.Localized texts) {
		return new Html().add("<p class=\"links\"><a href=\"{}\">{}</a></p>\n", request.getContextPath() + "/",
				texts.text("account.back"));
	}

	private ZoneId zone() {
		return this.clock.getZone();
	}

}
