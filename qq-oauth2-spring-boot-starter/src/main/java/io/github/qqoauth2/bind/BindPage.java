package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

import io.github.qqoauth2.account.QqRegistrationField;

/**
 * Generates the bind page for a pending binding.
 */
final class BindPage {

	private final PageLayout layout;

	private final LoginMessages messages;

	private final LoginChain chain;

	private final boolean passwords;

	private final @Nullable RegistrationForm registration;

	BindPage(PageLayout layout, LoginMessages messages, LoginChain chain, boolean passwords,
			@Nullable RegistrationForm registration) {
		this.layout = layout;
		this.messages = messages;
		this.chain = chain;
		this.passwords = passwords;
		this.registration = registration;
	}

	/**
	 * Returns whether the page asks for a password, so that no other page has to prove
	 * the account.
	 */
	boolean acceptsPasswords() {
		return this.passwords;
	}

	void write(HttpServletRequest request, HttpServletResponse response, PendingBinding pending) throws IOException {
		LoginMessages.Localized texts = this.messages.in(request);
		Html html = html(texts, request.getContextPath(), csrf(request), isRegistration(request, pending), pending);
		this.layout.write(request, response, HttpServletResponse.SC_OK, texts, texts.text("bind.title"), html);
	}

	/**
	 * Generates the page once in each language, and drops it.
	 */
	void warmUp(PendingBinding pending) {
		for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
			LoginMessages.Localized texts = this.messages.in(locale);
			html(texts, "", new Html(), false, pending);
			html(texts, "", new Html(), this.registration != null, pending);
		}
	}

	private Html html(LoginMessages.Localized texts, String path, Html csrf, boolean isRegistration,
			PendingBinding pending) {
		String nickname = pending.nickname();
		return new Html()
			.add("{}<h1>{}</h1>\n<p class=\"lead\">{}</p>\n", PageLayout.avatar(nickname, pending.avatarUrl()),
					(nickname != null) ? texts.text("bind.greeting", nickname) : texts.text("bind.greeting.nameless"),
					texts.text("bind.lead"))
			.add("{}{}{}", tabs(texts, path, isRegistration), alert(texts, isRegistration ? null : pending.error()),
					form(texts, path, csrf, isRegistration, pending))
			.add("<p class=\"links\"><a href=\"{}\">{}</a> <a href=\"{}\">{}</a></p>\n",
					path + this.chain.start().path(pending.target()), texts.text("bind.other-qq"),
					path + this.chain.loginPage(), texts.text("bind.login"))
			.add("<p class=\"small\">{}</p>\n", texts.text("bind.afterwards"));
	}

	/**
	 * Where accounts have no passwords, a button to the site's own login takes the place
	 * of the login form.
	 */
	private Html form(LoginMessages.Localized texts, String path, Html csrf, boolean isRegistration,
			PendingBinding pending) {
		if (!isRegistration && !this.passwords) {
			return new Html().add("<p><a class=\"button\" href=\"{}\">{}</a></p>\n", path + this.chain.loginPage(),
					texts.text("bind.submit"));
		}
		return new Html()
			.add("<form method=\"post\" action=\"{}\">\n{}{}",
					path + (isRegistration ? LoginPaths.REGISTER_PAGE : LoginPaths.BIND_PAGE), csrf,
					Html.hidden(LoginPaths.BINDING_PARAMETER, pending.id()))
			.add("{}", isRegistration ? registrationFields(texts, pending) : loginFields(texts))
			.addIf(this.chain.remembers(),
					"<label class=\"check\"><input type=\"checkbox\" name=\"{}\" value=\"true\"> {}</label>\n",
					this.chain.rememberMeParameter(), texts.text("bind.remember-me"))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n",
					texts.text(isRegistration ? "bind.register" : "bind.submit"));
	}

	/**
	 * Returns whether the registration tab is open, because it was requested or because
	 * the registration has errors.
	 */
	private boolean isRegistration(HttpServletRequest request, PendingBinding pending) {
		String tab = request.getParameter("tab");
		boolean requested = (tab != null) ? tab.equals("register") : pending.registration() != null;
		return this.registration != null && requested;
	}

	private Html tabs(LoginMessages.Localized texts, String path, boolean isRegistration) {
		Html html = new Html();
		if (this.registration == null) {
			return html;
		}
		String current = " aria-current=\"page\"";
		return html.add("<nav class=\"tabs\"><a href=\"{}\"", path + LoginPaths.BIND_PAGE + "?tab=login")
			.addIf(!isRegistration, current)
			.add(">{}</a> <a href=\"{}\"", texts.text("bind.tab.login"), path + LoginPaths.BIND_PAGE + "?tab=register")
			.addIf(isRegistration, current)
			.add(">{}</a></nav>\n", texts.text("bind.tab.register"));
	}

	private static Html loginFields(LoginMessages.Localized texts) {
		return new Html().add(
				"""
						<label for="username">{}</label>
						<input type="text" id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus>
						<label for="password">{}</label>
						<input type="password" id="password" name="password" autocomplete="current-password" required>
						""",
				texts.text("bind.username"), texts.text("bind.password"));
	}

	private Html registrationFields(LoginMessages.Localized texts, PendingBinding pending) {
		Html html = new Html();
		for (QqRegistrationField field : Objects.requireNonNull(this.registration).fields()) {
			html.add("{}", RegistrationInput.of(field, texts, pending));
		}
		return html;
	}

	static Html alert(LoginMessages.Localized texts, @Nullable LoginError error) {
		Html alert = new Html();
		return (error != null) ? alert.add("<p class=\"alert\" role=\"alert\" aria-live=\"assertive\">{}</p>\n",
				texts.sentence(error, null)) : alert;
	}

	/**
	 * Returns the hidden field with the CSRF token, if the application has CSRF
	 * protection.
	 */
	static Html csrf(HttpServletRequest request) {
		CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
		return (token != null) ? Html.hidden(token.getParameterName(), token.getToken()) : new Html();
	}

}
