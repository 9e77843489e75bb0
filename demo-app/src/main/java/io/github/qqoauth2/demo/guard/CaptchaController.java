package io.github.qqoauth2.demo.guard;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Serves a new captcha image for each request.
 */
@Controller
final class CaptchaController {

	static final String PATH = "/captcha.png";

	private final Captcha captcha;

	CaptchaController(Captcha captcha) {
		this.captcha = captcha;
	}

	@GetMapping(PATH)
	ResponseEntity<byte[]> image(HttpServletRequest request) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			.contentType(MediaType.IMAGE_PNG)
			.body(this.captcha.draw(request));
	}

}
