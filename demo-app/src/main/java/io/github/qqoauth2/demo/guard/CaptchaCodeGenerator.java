package io.github.qqoauth2.demo.guard;

import java.security.SecureRandom;

import cn.hutool.captcha.generator.AbstractGenerator;

/**
 * Generates codes from a {@link SecureRandom}, without letters and digits that look
 * alike.
 */
final class CaptchaCodeGenerator extends AbstractGenerator {

	private static final long serialVersionUID = 1L;

	private static final int LENGTH = 4;

	private static final SecureRandom random = new SecureRandom();

	CaptchaCodeGenerator() {
		super("ABCDEFGHKMNPRSTUVWXYZ23456789", LENGTH);
	}

	@Override
	public String generate() {
		StringBuilder code = new StringBuilder();
		random.ints(this.length, 0, this.baseStr.length()).forEach((index) -> code.append(this.baseStr.charAt(index)));
		return code.toString();
	}

	@Override
	public boolean verify(String code, String typed) {
		return code.equalsIgnoreCase(typed.strip());
	}

}
