package io.github.qqoauth2.demo.guard;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * Adds to the model whether guarded forms require a captcha.
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
