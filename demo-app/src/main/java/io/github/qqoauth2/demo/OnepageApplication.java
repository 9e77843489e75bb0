package io.github.qqoauth2.demo;

import java.time.Clock;
import java.time.ZoneId;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.LocaleResolver;

/**
 * A small bookshop with a reading list and notes, whose visitors log in by password or
 * with QQ.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class OnepageApplication {

	/**
	 * Starts the shop.
	 * @param args the arguments for Spring Boot
	 */
	public static void main(String[] args) {
		SpringApplication.run(OnepageApplication.class, args);
	}

	@Bean
	Clock clock() {
		return Clock.system(ZoneId.systemDefault());
	}

	@Bean
	LocaleResolver localeResolver() {
		return new ChineseOrEnglishLocaleResolver();
	}

}
