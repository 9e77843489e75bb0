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
		boolean oneClick = this.registration != null && this.registration.isOneClick();
		Html form = form(texts, path, csrf, isRegistration && !oneClick, pending);
		Html html = new Html().add("{}<h1>{}</h1>\n<p class=\"lead\">{}</p>\n",
				PageLayout.avatar(nickname, pending.avatarUrl()),
				(nickname != null) ? texts.text("bind.greeting", nickname) : texts.text("bind.greeting.nameless"),
				texts.text(oneClick ? "bind.lead.first" : "bind.lead"));
		if (oneClick) {
			html.add("{}{}", oneClick(texts, path, csrf, pending), existingAccount(texts, path, form, pending));
		}
		else {
			html.add("{}{}", tabs(texts, path, isRegistration), form);
		}
		return html
			.add("<p class=\"links\"><a href=\"{}\">{}</a> <a href=\"{}\">{}</a></p>\n",
					path + this.chain.start().path(pending.target()), texts.text("bind.other-qq"),
					path + this.chain.loginPage(), texts.text("bind.login"))
			.addIf(!oneClick, "{}", afterwards(texts));
	}

	/**
	 * Where accounts have no passwords, a button to the site's own login takes the place
	 * of the login form.
	 */
	private Html form(LoginMessages.Localized texts, String path, Html csrf, boolean isRegistration,
			PendingBinding pending) {
		if (!isRegistration && !this.passwords) {
			return login(path, "button", texts.text("bind.submit"));
		}
		return new Html().add("{}", isRegistration ? refusal(texts, pending) : alert(texts, pending.error()))
			.add("<form method=\"post\" action=\"{}\">\n{}{}",
					path + (isRegistration ? LoginPaths.REGISTER_PAGE : LoginPaths.BIND_PAGE), csrf,
					Html.hidden(LoginPaths.BINDING_PARAMETER, pending.id()))
			.add("{}{}", isRegistration ? registrationFields(texts, path, pending) : loginFields(texts),
					rememberMe(texts))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n",
					texts.text(isRegistration ? "bind.register" : "bind.submit"));
	}

	/**
	 * The form that creates an account by one click. Its button comes first, and consents
	 * follow it.
	 */
	private Html oneClick(LoginMessages.Localized texts, String path, Html csrf, PendingBinding pending) {
		String nickname = pending.nickname();
		return new Html()
			.add("{}<form class=\"one-click\" method=\"post\" action=\"{}\">\n{}{}", refusal(texts, pending),
					path + LoginPaths.REGISTER_PAGE, csrf, Html.hidden(LoginPaths.BINDING_PARAMETER, pending.id()))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n{}{}</form>\n",
					(nickname != null) ? texts.text("bind.continue", nickname) : texts.text("bind.continue.nameless"),
					registrationFields(texts, path, pending), rememberMe(texts));
	}

	/**
	 * The login form beside the one click, collapsed by a {@code details} element until a
	 * login with it has failed. Where accounts have no passwords, a button to the site's
	 * own login.
	 */
	private Html existingAccount(LoginMessages.Localized texts, String path, Html form, PendingBinding pending) {
		if (!this.passwords) {
			return login(path, "button quiet", texts.text("bind.existing"));
		}
		return new Html()
			.add((pending.error() != null) ? "<details class=\"existing\" open>\n" : "<details class=\"existing\">\n")
			.add("<summary class=\"button quiet\">{}</summary>\n{}{}</details>\n", texts.text("bind.existing"), form,
					afterwards(texts));
	}

	private Html login(String path, String style, String text) {
		return new Html().add("<p><a class=\"{}\" href=\"{}\">{}</a></p>\n", style, path + this.chain.loginPage(),
				text);
	}

	private Html rememberMe(LoginMessages.Localized texts) {
		return new Html().addIf(this.chain.remembers(),
				"<label class=\"check\"><input type=\"checkbox\" name=\"{}\" value=\"true\"> {}</label>\n",
				this.chain.rememberMeParameter(), texts.text("bind.remember-me"));
	}

	private static Html afterwards(LoginMessages.Localized texts) {
		return new Html().add("<p class=\"small\">{}</p>\n", texts.text("bind.afterwards"));
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

	private Html registrationFields(LoginMessages.Localized texts, String path, PendingBinding pending) {
		Html html = new Html();
		for (QqRegistrationField field : Objects.requireNonNull(this.registration).fields()) {
			html.add("{}", RegistrationInput.of(field, texts, path, pending));
		}
		return html;
	}

	/**
	 * Shows the errors of a refused registration that belong to none of its fields.
	 */
	private Html refusal(LoginMessages.Localized texts, PendingBinding pending) {
		Html html = new Html();
		PendingBinding.RefusedRegistration refused = pending.registration();
		if (this.registration != null && refused != null) {
			this.registration.undeclared(refused.errors())
				.forEach((field, code) -> html.add("{}", alert(RegistrationInput.error(texts, field, code))));
		}
		return html;
	}

	static Html alert(LoginMessages.Localized texts, @Nullable LoginError error) {
		return (error != null) ? alert(texts.sentence(error, null)) : new Html();
	}

	private static Html alert(String sentence) {
		return new Html().add("<p class=\"alert\" role=\"alert\" aria-live=\"assertive\">{}</p>\n", sentence);
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
