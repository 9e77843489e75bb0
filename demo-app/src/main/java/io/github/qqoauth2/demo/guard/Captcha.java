package io.github.qqoauth2.demo.guard;

import cn.hutool.captcha.LineCaptcha;
import cn.hutool.captcha.generator.CodeGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.stereotype.Component;

/**
 * A captcha image. Its code is kept in the session and can be checked once.
 */
@Component
final class Captcha {

	private static final String ATTRIBUTE = Captcha.class.getName();

	/** Sent by the single-page app, since the starter's JSON has no field for it. */
	private static final String HEADER = "X-Captcha";

	private static final int WIDTH = 150;

	private static final int HEIGHT = 46;

	private static final int LINES = 30;

	private final CodeGenerator codes;

	Captcha(CodeGenerator codes) {
		this.codes = codes;
	}

	byte[] draw(HttpServletRequest request) {
		LineCaptcha image = new LineCaptcha(WIDTH, HEIGHT, this.codes, LINES);
		request.getSession().setAttribute(ATTRIBUTE, image.getCode());
		return image.getImageBytes();
	}

	boolean verify(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object expected = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		if (session == null || expected == null) {
			return false;
		}
		session.removeAttribute(ATTRIBUTE);
		String header = request.getHeader(HEADER);
		String typed = (header != null) ? header : request.getParameter("captcha");
		return typed != null && this.codes.verify((String) expected, typed);
	}

}
