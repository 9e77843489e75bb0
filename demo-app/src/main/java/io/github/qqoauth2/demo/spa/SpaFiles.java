package io.github.qqoauth2.demo.spa;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Makes browsers revalidate the modules of the single-page app, because the modules
 * import each other by names without a version.
 */
@Configuration(proxyBeanMethods = false)
class SpaFiles implements WebMvcConfigurer {

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler("/app/*.js", "/app/*.css")
			.addResourceLocations("classpath:/static/app/")
			.setCacheControl(CacheControl.noCache());
	}

}
