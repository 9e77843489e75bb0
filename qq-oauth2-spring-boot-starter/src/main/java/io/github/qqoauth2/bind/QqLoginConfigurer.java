package io.github.qqoauth2.bind;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.savedrequest.RequestCache;

/**
 * Joins every filter chain that has {@code oauth2Login()}, through the chain's own
 * configurer and for the registration {@code qq} only. Spring applies it to each
 * {@link HttpSecurity}; it does nothing without a {@link QqLogin} bean.
 */
final class QqLoginConfigurer extends AbstractHttpConfigurer<QqLoginConfigurer, HttpSecurity> {

	private static final Log logger = LogFactory.getLog(QqLoginConfigurer.class);

	private @Nullable QqLoginParts parts;

	@Override
	public void init(HttpSecurity http) {
		if (!join(http)) {
			http.with(new LastLook(this), Customizer.withDefaults());
		}
	}

	/**
	 * Before {@code oauth2Login} is initialized itself, so that what is set on it here
	 * counts.
	 */
	private boolean join(HttpSecurity http) {
		ApplicationContext context = http.getSharedObject(ApplicationContext.class);
		QqLogin qq = (context != null) ? context.getBeanProvider(QqLogin.class).getIfAvailable() : null;
		OAuth2LoginConfigurer<HttpSecurity> login = oauth2Login(http);
		if (context == null || qq == null || login == null) {
			return false;
		}
		this.parts = new OAuth2LoginHook(qq, http, login, context).hookIn();
		if (this.parts != null && isBootsOwnChain(context) && hasUserDetailsService(context)) {
			http.formLogin(Customizer.withDefaults());
		}
		return true;
	}

	@SuppressWarnings("unchecked")
	private static @Nullable OAuth2LoginConfigurer<HttpSecurity> oauth2Login(HttpSecurity http) {
		return http.getConfigurer(OAuth2LoginConfigurer.class);
	}

	/**
	 * Boot's chain for OAuth2 clients leaves form login out and sends everybody to the
	 * one provider, which would take the password login away that the application had.
	 */
	private static boolean isBootsOwnChain(ApplicationContext context) {
		String[] chains = context.getBeanNamesForType(SecurityFilterChain.class, true, false);
		if (chains.length != 1 || !(context instanceof ConfigurableApplicationContext configurable)) {
			return false;
		}
		ConfigurableListableBeanFactory beans = configurable.getBeanFactory();
		String configuration = beans.containsBeanDefinition(chains[0])
				? beans.getMergedBeanDefinition(chains[0]).getFactoryBeanName() : null;
		return configuration != null && configuration.startsWith("org.springframework.boot.");
	}

	private static boolean hasUserDetailsService(ApplicationContext context) {
		return context.getBeanNamesForType(UserDetailsService.class, true, false).length > 0;
	}

	@Override
	public void configure(HttpSecurity http) {
		if (this.parts == null) {
			return;
		}
		if (SpringSecurityAccess.hasOwnAuthenticationManager(http)) {
			logger
				.warn("A filter chain has both oauth2Login() and http.authenticationManager(..), which switches every "
						+ "OAuth2 login of that chain off, QQ's too. Use http.authenticationProvider(..) instead.");
		}
		this.parts.chain().requestCache(http.getSharedObject(RequestCache.class));
		this.parts.chain().rememberMe(http.getSharedObject(RememberMeServices.class));
		this.parts.password().setAuthenticationManager(http.getSharedObject(AuthenticationManager.class));
		http.addFilterBefore(this.parts.apiFilter(), CsrfFilter.class);
		http.addFilterBefore(this.parts.pagesFilter(), OAuth2LoginAuthenticationFilter.class);
		if (this.parts.hasBindForm()) {
			http.addFilterBefore(this.parts.nothingPendingFilter(), CsrfFilter.class);
			http.addFilterBefore(loginFilter(http, this.parts.bindFilter()), OAuth2LoginAuthenticationFilter.class);
			if (this.parts.registerFilter() != null) {
				http.addFilterBefore(loginFilter(http, this.parts.registerFilter()),
						OAuth2LoginAuthenticationFilter.class);
			}
		}
		http.addFilterBefore(this.parts.callbackFilter(), OAuth2LoginAuthenticationFilter.class);
		http.addFilterAfter(this.parts.accountFilter(), AuthorizationFilter.class);
	}

	private <F extends PendingBindingAuthenticationFilter> F loginFilter(HttpSecurity http, F filter) {
		filter.setAuthenticationManager(http.getSharedObject(AuthenticationManager.class));
		filter.useSharedObjectsOf(http);
		return postProcess(filter);
	}

	/**
	 * A second look, after all other configurers: one of them may have added
	 * {@code oauth2Login} in its own {@code init}.
	 */
	private static final class LastLook extends AbstractHttpConfigurer<LastLook, HttpSecurity> {

		private final QqLoginConfigurer configurer;

		LastLook(QqLoginConfigurer configurer) {
			this.configurer = configurer;
		}

		@Override
		public void init(HttpSecurity http) {
			this.configurer.join(http);
		}

	}

}
