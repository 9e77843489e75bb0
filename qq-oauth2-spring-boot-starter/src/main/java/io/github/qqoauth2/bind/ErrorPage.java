package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Writes the error page: a message, a button and, where the button leads to QQ, a link to
 * the login page.
 */
final class ErrorPage {

	private final PageLayout layout;

	private final LoginMessages messages;

	private final LoginChain chain;

	ErrorPage(PageLayout layout, LoginMessages messages, LoginChain chain) {
		this.layout = layout;
		this.messages = messages;
		this.chain = chain;
	}

	void write(HttpServletRequest request, HttpServletResponse response, LoginErrorRepository.Shown shown)
			throws IOException {
		LoginMessages.Localized texts = this.messages.in(request);
		LoginError error = shown.error();
		String id = shown.id();
		String login = request.getContextPath() + this.chain.loginPage();
		Html html = new Html().add("<h1>{}</h1>\n", texts.text("error.title"))
			.add("<p class=\"{}\" role=\"alert\">{}</p>\n", (error == LoginError.CANCELLED) ? "note" : "alert",
					texts.sentence(error, shown.qqCode()))
			.add("{}", move(request, texts, error))
			.add("<a class=\"{}\" href=\"{}\">{}</a>\n",
					(error == LoginError.OTHER_ACCOUNT_MOVABLE) ? "button quiet" : "button", target(request, shown),
					texts.text("error." + error.button()))
			.addIf(error.target() == LoginError.Target.QQ, "<p class=\"links\"><a href=\"{}\">{}</a></p>\n", login,
					texts.text("error.other-ways"))
			.addIf(id != null, "<p class=\"small\">{}</p>\n", texts.text("error.id", orEmpty(id)));
		this.layout.write(request, response, error.status(), texts, texts.text("error.title"), html);
	}

	/**
	 * Offers the owner of both accounts to authenticate the QQ identity again and to move
	 * it. Only then the page has a CSRF token, which would create a session.
	 */
	private static Html move(HttpServletRequest request, LoginMessages.Localized texts, LoginError error) {
		if (error != LoginError.OTHER_ACCOUNT_MOVABLE) {
			return new Html();
		}
		return new Html().add(
				"<form method=\"post\" action=\"{}\">\n{}{}{}<button class=\"button\" type=\"submit\">{}</button>\n"
						+ "</form>\n",
				request.getContextPath() + LoginPaths.LINK, BindPage.csrf(request),
				Html.hidden(LoginPaths.MOVE_PARAMETER, "true"), Html.hidden("next", LoginPaths.ACCOUNT_PAGE),
				texts.text("error.move"));
	}

	private String target(HttpServletRequest request, LoginErrorRepository.Shown shown) {
		return request.getContextPath() + switch (shown.error().target()) {
			case QQ -> this.chain.start().path(shown.next());
			case LOGIN -> this.chain.loginPage();
			case BACK -> "/";
		};
	}

	private static String orEmpty(@Nullable String id) {
		return (id != null) ? id : "";
	}

}
