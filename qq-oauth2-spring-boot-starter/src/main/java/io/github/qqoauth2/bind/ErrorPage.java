package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * One sentence, one button, one way out.
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
		LoginMessages.In words = this.messages.in(request);
		LoginError error = shown.error();
		String id = shown.id();
		String login = request.getContextPath() + this.chain.loginPage();
		Html html = new Html().add("<h1>{}</h1>\n", words.text("error.title"))
			.add("<p class=\"{}\" role=\"alert\">{}</p>\n", (error == LoginError.CANCELLED) ? "note" : "alert",
					words.sentence(error, shown.qqCode()))
			.add("<a class=\"button\" href=\"{}\">{}</a>\n", target(request, shown),
					words.text("error." + error.button()))
			.addIf(error.way() == LoginError.Way.QQ, "<p class=\"links\"><a href=\"{}\">{}</a></p>\n", login,
					words.text("error.other-ways"))
			.addIf(id != null, "<p class=\"small\">{}</p>\n", words.text("error.id", orEmpty(id)));
		this.layout.write(request, response, error.status(), words, words.text("error.title"), html);
	}

	private String target(HttpServletRequest request, LoginErrorRepository.Shown shown) {
		return request.getContextPath() + switch (shown.error().way()) {
			case QQ -> this.chain.start().path(shown.next());
			case LOGIN -> this.chain.loginPage();
			case BACK -> "/";
		};
	}

	private static String orEmpty(@Nullable String id) {
		return (id != null) ? id : "";
	}

}
