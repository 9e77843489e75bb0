package io.github.qqoauth2.demo.guard;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Tells the pages with a guarded form whether to show the picture.
 */
@ControllerAdvice
final class CaptchaAdvice {

	private final Failures failures;

	CaptchaAdvice(Failures failures) {
		this.failures = failures;
	}

	@ModelAttribute("captcha")
	boolean captcha(HttpServletRequest request) {
		return this.failures.tooMany(request);
	}

}
