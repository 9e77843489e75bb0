package io.github.qqoauth2.demo.guard;

import cn.hutool.captcha.generator.CodeGenerator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GuardConfiguration {

	@Bean
	CodeGenerator captchaCodeGenerator() {
		return new CaptchaCodeGenerator();
	}

	/**
	 * Disables the registration as a servlet filter: the security chains add the filter
	 * after the CSRF check.
	 */
	@Bean
	FilterRegistrationBean<GuardFilter> guardFilterRegistration(GuardFilter guard) {
		FilterRegistrationBean<GuardFilter> registration = new FilterRegistrationBean<>(guard);
		registration.setEnabled(false);
		return registration;
	}

}
