package io.github.qqoauth2.bind;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.account.QqAccountBinding;

/**
 * A signed-in user's QQ: the question whether to bind the one that waits, or the one that
 * is bound.
 */
final class QqAccountPage {

	private final QqPage page;

	private final QqMessages messages;

	private final LoginChain chain;

	private final Clock clock;

	QqAccountPage(QqPage page, QqMessages messages, LoginChain chain, Clock clock) {
		this.page = page;
		this.messages = messages;
		this.chain = chain;
		this.clock = clock;
	}

	void writeQuestion(HttpServletRequest request, HttpServletResponse response, PendingBinding pending, String account,
			boolean passwordRequired, @Nullable LoginError error) throws IOException {
		QqMessages.In words = this.messages.in(request);
		String nickname = pending.nickname();
		String question = (nickname != null) ? words.text("account.confirm", nickname, account)
				: words.text("account.confirm.nameless", account);
		Html fields = new Html().add("{}{}", QqBindPage.csrf(request),
				Html.hidden(QqLogin.BINDING_PARAMETER, pending.id()));
		String action = request.getContextPath() + QqLogin.ACCOUNT_PAGE;
		Html html = new Html()
			.add("{}<h1>{}</h1>\n{}", QqPage.avatar(nickname, pending.avatarUrl()), question,
					QqBindPage.alert(words, error))
			.add("<form method=\"post\" action=\"{}\">\n{}", action, fields)
			.addIf(passwordRequired, """
					<label for="password">{}</label>
					<input type="password" id="password" name="password" autocomplete="current-password" required>
					""", words.text("account.password"))
			.add("<button class=\"button\" type=\"submit\">{}</button>\n</form>\n", words.text("account.submit"))
			.add("<form method=\"post\" action=\"{}\">\n{}<input type=\"hidden\" name=\"dismiss\" value=\"true\">\n",
					action, fields)
			.add("<button class=\"button quiet\" type=\"submit\">{}</button>\n</form>\n",
					words.text("account.dismiss"));
		int status = (error != null) ? error.status() : HttpServletResponse.SC_OK;
		this.page.write(request, response, status, words, words.text("account.title"), html);
	}

	void writeBound(HttpServletRequest request, HttpServletResponse response, QqAccountBinding binding)
			throws IOException {
		QqMessages.In words = this.messages.in(request);
		String nickname = binding.nickname();
		LocalDate last = LocalDate.ofInstant(binding.lastLoginAt(), zone());
		boolean today = last.equals(LocalDate.ofInstant(this.clock.instant(), zone()));
		Html html = new Html()
			.add("{}<h1>{}</h1>\n", QqPage.avatar(nickname, binding.avatarUrl()),
					(nickname != null) ? nickname : words.text("account.nameless"))
			.add("<p class=\"lead\">{}</p>\n",
					words.text("account.bound", LocalDate.ofInstant(binding.createdAt(), zone()).toString(),
							today ? words.text("account.today") : last.toString()))
			.add("{}", back(request, words));
		this.page.write(request, response, HttpServletResponse.SC_OK, words, words.text("account.title"), html);
	}

	void writeNone(HttpServletRequest request, HttpServletResponse response) throws IOException {
		QqMessages.In words = this.messages.in(request);
		Html html = new Html().add("{}<h1>{}</h1>\n", QqPage.avatar(null, null), words.text("account.none"))
			.add("<p class=\"actions\"><a class=\"button\" href=\"{}\">{}</a></p>\n",
					request.getContextPath() + this.chain.authorizationUri() + "?next=" + QqLogin.ACCOUNT_PAGE,
					words.text("account.link"))
			.add("{}", back(request, words));
		this.page.write(request, response, HttpServletResponse.SC_OK, words, words.text("account.title"), html);
	}

	private static Html back(HttpServletRequest request, QqMessages.In words) {
		return new Html().add("<p class=\"links\"><a href=\"{}\">{}</a></p>\n", request.getContextPath() + "/",
				words.text("account.back"));
	}

	private ZoneId zone() {
		return this.clock.getZone();
	}

}
