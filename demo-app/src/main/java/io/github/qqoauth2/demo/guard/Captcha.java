package io.github.qqoauth2.demo.guard;

import cn.hutool.captcha.LineCaptcha;
import cn.hutool.captcha.generator.CodeGenerator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.stereotype.Component;

/**
 * A picture whose letters a visitor types. The session keeps the answer, for one use.
 */
@Component
final class Captcha {

	private static final String ATTRIBUTE = Captcha.class.getName();

	/** From the single page, since the starter's JSON has no place for it. */
	private static final String HEADER = "X-Captcha";

	private static final int WIDTH = 150;

	private static final int HEIGHT = 46;

	private static final int LINES = 30;

	private final CodeGenerator answers;

	Captcha(CodeGenerator answers) {
		this.answers = answers;
	}

	byte[] draw(HttpServletRequest request) {
		LineCaptcha picture = new LineCaptcha(WIDTH, HEIGHT, this.answers, LINES);
		request.getSession().setAttribute(ATTRIBUTE, picture.getCode());
		return picture.getImageBytes();
	}

	boolean isRight(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object answer = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		if (session == null || answer == null) {
			return false;
		}
		session.removeAttribute(ATTRIBUTE);
		String header = request.getHeader(HEADER);
		String typed = (header != null) ? header : request.getParameter("captcha");
		return typed != null && this.answers.verify((String) answer, typed);
	}

}
