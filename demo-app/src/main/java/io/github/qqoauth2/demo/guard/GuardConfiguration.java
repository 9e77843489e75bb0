package io.github.qqoauth2.demo.guard;

import cn.hutool.captcha.generator.CodeGenerator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GuardConfiguration {

	@Bean
	CodeGenerator captchaAnswers() {
		return new SecureLetters();
	}

	/**
	 * Its place is in the security chain, behind the CSRF check, and nowhere else.
	 */
	@Bean
	FilterRegistrationBean<GuardFilter> guardOutsideOfTheChain(GuardFilter guard) {
		FilterRegistrationBean<GuardFilter> registration = new FilterRegistrationBean<>(guard);
		registration.setEnabled(false);
		return registration;
	}

}
