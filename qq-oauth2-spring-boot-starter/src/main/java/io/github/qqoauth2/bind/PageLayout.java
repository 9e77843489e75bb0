package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The layout of all pages of the starter.
 */
final class PageLayout {

	/**
	 * Without {@code form-action}: Chromium also applies it to the redirect after a form,
	 * and the application's success handler may redirect to another origin.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; "
			+ "img-src 'self' data: https://*.qlogo.cn; base-uri 'none'; frame-ancestors 'none'";

	private final StaticFile styleSheet = StaticFile.styleSheet("page", StaticFile.read("page.css"));

	private final String siteName;

	PageLayout(@Nullable String siteName) {
		this.siteName = (siteName != null) ? siteName : "";
	}

	StaticFile styleSheet() {
		return this.styleSheet;
	}

	void write(HttpServletRequest request, HttpServletResponse response, int status, LoginMessages.Localized texts,
			String title, Html content) throws IOException {
		response.setStatus(status);
		response.setContentType("text/html;charset=UTF-8");
		response.setLocale(texts.locale());
		response.setHeader("Cache-Control", "no-store, private");
		response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		response.setHeader("Referrer-Policy", "no-referrer");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("X-Frame-Options", "DENY");
		response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
		response.addHeader("Vary", "Accept-Language");
		Html page = new Html().add("""
				<!DOCTYPE html>
				<html lang="{}">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>{}</title>
				<link rel="stylesheet" href="{}">
				<link rel="icon" href="data:,">
				</head>
				<body>
				<main>
				""", texts.locale().toLanguageTag(), this.siteName.isEmpty() ? title : title + " · " + this.siteName,
				request.getContextPath() + this.styleSheet.path())
			.addIf(!this.siteName.isEmpty(), "<p class=\"site\">{}</p>\n", this.siteName)
			.add("{}</main>\n</body>\n</html>\n", content);
		response.getWriter().write(page.toString());
	}

	static Html avatar(@Nullable String nickname, @Nullable String avatarUrl) {
		if (avatarUrl != null) {
			return new Html().add(
					"<div class=\"avatar\"><img src=\"{}\" alt=\"\" referrerpolicy=\"no-referrer\"></div>\n",
					avatarUrl);
		}
		String initial = (nickname != null && !nickname.isBlank())
				? new String(Character.toChars(nickname.strip().codePointAt(0))) : "Q";
		return new Html().add("<div class=\"avatar\" aria-hidden=\"true\">{}</div>\n", initial);
	}

}
