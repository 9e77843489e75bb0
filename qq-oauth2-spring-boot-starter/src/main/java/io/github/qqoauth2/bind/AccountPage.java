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
 * A signed-in user's QQ: the question whether to bind the one that waits, or the one that
 * is bound.
 */
final class AccountPage {

	private final QqAccountBindings bindings;

	private final PageLayout layout;

	private final LoginMessages messages;

	private final Clock clock;

	AccountPage(QqAccountBindings bindings, PageLayout layout, LoginMessages messages, Clock clock) {
		this.bindings = bindings;
		this.layout = layout;
		this.messages = messages;
		this.clock = clock;
	}

	void writeQuestion(HttpServletRequest request, HttpServletResponse response, BindingQuestion asked,
			@Nullable LoginError error) throws IOException {
		LoginMessages.In words = this.messages.in(request);
		PendingBinding pending = asked.pending();
		String account = asked.account().getName();
		String losing = asked.from();
		String nickname = pending.nickname();
		String question = (nickname != null) ? words.text("account.confirm", nickname, account)
				: words.text("account.confirm.nameless", account);
		Html fields = new Html().add("{}{}", BindPage.csrf(request),
				Html.hidden(LoginPaths.BINDING_PARAMETER, pending.id()));
		String action = request.getContextPath() + LoginPaths.ACCOUNT_PAGE;
		Html html = new Html().add("{}<h1>{}</h1>\n", PageLayout.avatar(nickname, pending.avatarUrl()), question)
			.add("{}{}", moving(words, losing, account), BindPage.alert(words, error))
			.add("<form method=\"post\" action=\"{}\">\n{}{}{}", action, fields,
					Html.hidden(LoginPaths.FROM_PARAMETER, losing), password(words, asked.passwordRequired()))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n", words.text("account.submit"))
			.add("<form method=\"post\" action=\"{}\">\n{}<input type=\"hidden\" name=\"dismiss\" value=\"true\">\n",
					action, fields)
			.add("<button class=\"button quiet\" type=\"submit\">{}</button>\n</form>\n",
					words.text("account.dismiss"));
		int status = (error != null) ? error.status() : HttpServletResponse.SC_OK;
		this.layout.write(request, response, status, words, words.text("account.title"), html);
	}

	private static Html moving(LoginMessages.In words, @Nullable String losing, String account) {
		Html html = new Html();
		return (losing != null) ? html.add("<p class=\"note\">{}</p>\n", words.text("account.moving", losing, account))
				: html;
	}

	private static Html password(LoginMessages.In words, boolean required) {
		return new Html().addIf(required, """
				<label for="password">{}</label>
				<input type="password" id="password" name="password" autocomplete="current-password" required>
				""", words.text("account.password"));
	}

	/**
	 * The QQ of an account, or that it has none.
	 */
	void write(HttpServletRequest request, HttpServletResponse response, Authentication account,
			@Nullable LoginError error) throws IOException {
		QqAccountBinding binding = this.bindings.find(account.getName());
		if (binding != null) {
			writeBound(request, response, binding, error);
		}
		else {
			writeNone(request, response);
		}
	}

	private void writeBound(HttpServletRequest request, HttpServletResponse response, QqAccountBinding binding,
			@Nullable LoginError error) throws IOException {
		LoginMessages.In words = this.messages.in(request);
		String nickname = binding.nickname();
		LocalDate last = LocalDate.ofInstant(binding.lastLoginAt(), zone());
		boolean today = last.equals(LocalDate.ofInstant(this.clock.instant(), zone()));
		Html html = new Html()
			.add("{}<h1>{}</h1>\n", PageLayout.avatar(nickname, binding.avatarUrl()),
					(nickname != null) ? nickname : words.text("account.nameless"))
			.add("<p class=\"lead\">{}</p>\n",
					words.text("account.bound", LocalDate.ofInstant(binding.createdAt(), zone()).toString(),
							today ? words.text("account.today") : last.toString()))
			.add("{}{}{}", BindPage.alert(words, error), unlinking(request, words, binding, error != null),
					back(request, words));
		int status = (error != null) ? error.status() : HttpServletResponse.SC_OK;
		this.layout.write(request, response, status, words, words.text("account.title"), html);
	}

	/**
	 * Folded until it is wanted, without a script.
	 */
	private static Html unlinking(HttpServletRequest request, LoginMessages.In words, QqAccountBinding binding,
			boolean open) {
		return new Html().add(open ? "<details open>\n" : "<details>\n")
			.add("<summary class=\"button quiet\">{}</summary>\n", words.text("account.unlink"))
			.addIf(binding.registered(), "<p class=\"note\">{}</p>\n", words.text("account.no-password"))
			.add("<form method=\"post\" action=\"{}\">\n{}{}", request.getContextPath() + LoginPaths.UNLINK,
					BindPage.csrf(request), password(words, true))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n</details>\n",
					words.text("account.unlink"));
	}

	private void writeNone(HttpServletRequest request, HttpServletResponse response) throws IOException {
		LoginMessages.In words = this.messages.in(request);
		Html html = new Html().add("{}<h1>{}</h1>\n", PageLayout.avatar(null, null), words.text("account.none"))
			.add("<form method=\"post\" action=\"{}\">\n{}", request.getContextPath() + LoginPaths.LINK,
					BindPage.csrf(request))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n{}", words.text("account.link"),
					back(request, words));
		this.layout.write(request, response, HttpServletResponse.SC_OK, words, words.text("account.title"), html);
	}

	private static Html back(HttpServletRequest request, LoginMessages.In words) {
		return new Html().add("<p class=\"links\"><a href=\"{}\">{}</a></p>\n", request.getContextPath() + "/",
				words.text("account.back"));
	}

	private ZoneId zone() {
		return this.clock.getZone();
	}

}
