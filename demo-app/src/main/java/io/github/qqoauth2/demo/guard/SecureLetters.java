package io.github.qqoauth2.demo.guard;

import java.security.SecureRandom;

import cn.hutool.captcha.generator.AbstractGenerator;

/**
 * Letters and digits that nobody can foresee, without those that look like others.
 */
final class SecureLetters extends AbstractGenerator {

	private static final long serialVersionUID = 1L;

	private static final int LENGTH = 4;

	private static final SecureRandom random = new SecureRandom();

	SecureLetters() {
		super("ABCDEFGHKMNPRSTUVWXYZ23456789", LENGTH);
	}

	@Override
	public String generate() {
		StringBuilder letters = new StringBuilder();
		random.ints(this.length, 0, this.baseStr.length())
			.forEach((index) -> letters.append(this.baseStr.charAt(index)));
		return letters.toString();
	}

	@Override
	public boolean verify(String answer, String typed) {
		return answer.equalsIgnoreCase(typed.strip());
	}

}
