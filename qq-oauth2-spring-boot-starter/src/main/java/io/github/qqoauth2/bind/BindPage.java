package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

import io.github.qqoauth2.account.QqRegistrationField;

/**
 * A login page that knows whose QQ waits.
 */
final class BindPage {

	private final PageLayout layout;

	private final LoginMessages messages;

	private final LoginChain chain;

	private final @Nullable RegistrationForm registration;

	BindPage(PageLayout layout, LoginMessages messages, LoginChain chain, @Nullable RegistrationForm registration) {
		this.layout = layout;
		this.messages = messages;
		this.chain = chain;
		this.registration = registration;
	}

	void write(HttpServletRequest request, HttpServletResponse response, PendingBinding pending) throws IOException {
		LoginMessages.In words = this.messages.in(request);
		String nickname = pending.nickname();
		String path = request.getContextPath();
		boolean isNew = isNew(request, pending);
		Html html = new Html()
			.add("{}<h1>{}</h1>\n<p class=\"lead\">{}</p>\n", PageLayout.avatar(nickname, pending.avatarUrl()),
					(nickname != null) ? words.text("bind.greeting", nickname) : words.text("bind.greeting.nameless"),
					words.text("bind.lead"))
			.add("{}{}", tabs(words, path, isNew), alert(words, isNew ? null : pending.error()))
			.add("<form method=\"post\" action=\"{}\">\n{}{}",
					path + (isNew ? LoginPaths.REGISTER_PAGE : LoginPaths.BIND_PAGE), csrf(request),
					Html.hidden(LoginPaths.BINDING_PARAMETER, pending.id()))
			.add("{}", isNew ? registrationFields(words, pending) : loginFields(words))
			.addIf(this.chain.remembers(),
					"<label class=\"check\"><input type=\"checkbox\" name=\"{}\" value=\"true\"> {}</label>\n",
					this.chain.rememberMeParameter(), words.text("bind.remember-me"))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n",
					words.text(isNew ? "bind.register" : "bind.submit"))
			.add("<p class=\"links\"><a href=\"{}\">{}</a> <a href=\"{}\">{}</a></p>\n",
					path + this.chain.start().path(pending.target()), words.text("bind.other-qq"),
					path + this.chain.loginPage(), words.text("bind.login"))
			.add("<p class=\"small\">{}</p>\n", words.text("bind.afterwards"));
		this.layout.write(request, response, HttpServletResponse.SC_OK, words, words.text("bind.title"), html);
	}

	/**
	 * Whether the second tab is open: asked for, or with errors to be read.
	 */
	private boolean isNew(HttpServletRequest request, PendingBinding pending) {
		String tab = request.getParameter("tab");
		boolean wanted = (tab != null) ? tab.equals("register") : pending.registration() != null;
		return this.registration != null && wanted;
	}

	private Html tabs(LoginMessages.In words, String path, boolean isNew) {
		Html html = new Html();
		if (this.registration == null) {
			return html;
		}
		String current = " aria-current=\"page\"";
		return html.add("<nav class=\"tabs\"><a href=\"{}\"", path + LoginPaths.BIND_PAGE + "?tab=login")
			.addIf(!isNew, current)
			.add(">{}</a> <a href=\"{}\"", words.text("bind.tab.login"), path + LoginPaths.BIND_PAGE + "?tab=register")
			.addIf(isNew, current)
			.add(">{}</a></nav>\n", words.text("bind.tab.register"));
	}

	private static Html loginFields(LoginMessages.In words) {
		return new Html().add(
				"""
						<label for="username">{}</label>
						<input type="text" id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus>
						<label for="password">{}</label>
						<input type="password" id="password" name="password" autocomplete="current-password" required>
						""",
				words.text("bind.username"), words.text("bind.password"));
	}

	private Html registrationFields(LoginMessages.In words, PendingBinding pending) {
		Html html = new Html();
		for (QqRegistrationField field : Objects.requireNonNull(this.registration).fields()) {
			html.add("{}", RegistrationInput.of(field, words, pending));
		}
		return html;
	}

	static Html alert(LoginMessages.In words, @Nullable LoginError error) {
		Html alert = new Html();
		return (error != null) ? alert.add("<p class=\"alert\" role=\"alert\" aria-live=\"assertive\">{}</p>\n",
				words.sentence(error, null)) : alert;
	}

	/**
	 * The hidden field of the application's CSRF protection, where it has one.
	 */
	static Html csrf(HttpServletRequest request) {
		CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
		return (token != null) ? Html.hidden(token.getParameterName(), token.getToken()) : new Html();
	}

}
