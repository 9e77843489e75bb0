package io.github.qqoauth2.bind;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2ClientConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Adds the QQ login to every filter chain with {@code oauth2Login()}, for the
 * registration {@code qq} only. Spring Security applies this configurer to each
 * {@link HttpSecurity}, before the application's own configurers. Does nothing without a
 * {@link QqLogin} bean.
 */
final class QqLoginConfigurer extends AbstractHttpConfigurer<QqLoginConfigurer, HttpSecurity> {

	private @Nullable AuthenticationFailureHandler ownFailureHandler;

	/**
	 * Does what must happen before all configurers are initialized: adds form login to
	 * Boot's own chain, and notes the failure handler that the application has set, since
	 * {@code oauth2Login} then sets a default.
	 */
	@Override
	public void init(HttpSecurity http) {
		ApplicationContext context = http.getSharedObject(ApplicationContext.class);
		OAuth2LoginConfigurer<HttpSecurity> login = oauth2Login(http);
		if (login == null || qqLogin(context) == null) {
			return;
		}
		this.ownFailureHandler = SpringSecurityAccess.failureHandler(login);
		if (registration(http) != null && isBootsOwnChain(context) && hasUserDetailsService(context)) {
			http.formLogin(Customizer.withDefaults());
		}
	}

	/**
	 * Runs after all configurers have been initialized and before {@code oauth2Login} and
	 * {@code oauth2Client} are configured, so that they use what is set here. A chain
	 * with {@code oauth2Client} alone also sends visitors to QQ; they return to a chain
	 * with {@code oauth2Login}.
	 */
	@Override
	public void configure(HttpSecurity http) {
		QqLogin qq = qqLogin(http.getSharedObject(ApplicationContext.class));
		OAuth2LoginConfigurer<HttpSecurity> login = oauth2Login(http);
		OAuth2ClientConfigurer<HttpSecurity> client = oauth2Client(http);
		boolean none = login == null && client == null;
		ClientRegistration registration = (qq != null && !none) ? registration(http) : null;
		if (qq == null || registration == null) {
			return;
		}
		if (login != null) {
			configureLogin(http, qq, String.valueOf(registration.getRedirectUri()), login, client);
		}
		else if (client != null) {
			boolean stateless = SpringSecurityAccess.isStateless(http) && qq.stores().hasTicketKey();
			customizer(http).customize(client, (own) -> qq.stores().authorizationRequests(stateless, own));
		}
	}

	private void configureLogin(HttpSecurity http, QqLogin qq, String redirectUri,
			OAuth2LoginConfigurer<HttpSecurity> login, @Nullable OAuth2ClientConfigurer<HttpSecurity> client) {
		boolean isFirst = !qq.isHookedIn();
		qq.stores().addChain(redirectUri, SpringSecurityAccess.isStateless(http));
		boolean stateless = SpringSecurityAccess.isStateless(http) && qq.stores().hasTicketKey();
		AuthorizationSettings settings = SpringSecurityAccess.authorizationEndpoint(login);
		AuthorizationRequestStore requests = qq.stores().authorizationRequests(stateless, settings.repository());
		OAuth2LoginCustomizer customizer = customizer(http);
		LoginChain chain = new LoginChain(
				new AuthorizationStart(settings.baseUri(), customizer.resolver(settings), requests),
				new SavedPages(shared(http, RequestCache.class, HttpSessionRequestCache::new)),
				SpringSecurityAccess.loginPage(http, login), stateless, http.getSharedObject(RememberMeServices.class),
				ownFailureHandler(login));
		LoginFilters filters = new LoginFilters(qq, http, registrations(http), chain, requests);
		customizer.customize(login, client, requests, filters.responses(), chain.start());
		login.addObjectPostProcessor(new ObjectPostProcessor<OAuth2LoginAuthenticationFilter>() {

			@Override
			public <O extends OAuth2LoginAuthenticationFilter> O postProcess(O finished) {
				RequestMatcher callback = new CallbackMatcher(SpringSecurityAccess.callbackMatcher(finished),
						redirectUri, OAuth2LoginCustomizer.repository(settings, requests));
				filters.addTo(http, finished, callback, QqLoginConfigurer.this::postProcess);
				return finished;
			}

		});
		recordLogins(http, filters);
		if (isFirst) {
			prepareFirstLogin(http, filters);
		}
	}

	/**
	 * Records all logins of the chain in the session, after the strategies that may
	 * refuse them. {@code CsrfConfigurer} adds its own as late.
	 */
	@SuppressWarnings("unchecked")
	private static void recordLogins(HttpSecurity http, LoginFilters filters) {
		SessionManagementConfigurer<HttpSecurity> sessions = http.getConfigurer(SessionManagementConfigurer.class);
		if (sessions != null) {
			sessions.addSessionAuthenticationStrategy(filters.proofs());
		}
	}

	private static void prepareFirstLogin(HttpSecurity http, LoginFilters filters) {
		if (http.getSharedObject(ApplicationContext.class) instanceof ConfigurableApplicationContext configurable) {
			configurable.addApplicationListener(filters.warmUp());
		}
	}

	private static OAuth2LoginCustomizer customizer(HttpSecurity http) {
		return new OAuth2LoginCustomizer(http.getSharedObject(ApplicationContext.class), registrations(http));
	}

	/**
	 * Returns the failure handler that the application or another configurer has set, or
	 * {@code null} if it is Spring Security's default.
	 */
	private @Nullable AuthenticationFailureHandler ownFailureHandler(OAuth2LoginConfigurer<HttpSecurity> login) {
		boolean isDefault = this.ownFailureHandler == null && SpringSecurityAccess.hasDefaultFailureUrl(login);
		return isDefault ? null : SpringSecurityAccess.failureHandler(login);
	}

	private static @Nullable QqLogin qqLogin(@Nullable ApplicationContext context) {
		return (context != null) ? context.getBeanProvider(QqLogin.class).getIfAvailable() : null;
	}

	@SuppressWarnings("unchecked")
	private static @Nullable OAuth2LoginConfigurer<HttpSecurity> oauth2Login(HttpSecurity http) {
		return http.getConfigurer(OAuth2LoginConfigurer.class);
	}

	@SuppressWarnings("unchecked")
	private static @Nullable OAuth2ClientConfigurer<HttpSecurity> oauth2Client(HttpSecurity http) {
		return http.getConfigurer(OAuth2ClientConfigurer.class);
	}

	private static @Nullable ClientRegistration registration(HttpSecurity http) {
		return registrations(http).findByRegistrationId(LoginPaths.REGISTRATION_ID);
	}

	private static ClientRegistrationRepository registrations(HttpSecurity http) {
		return shared(http, ClientRegistrationRepository.class,
				() -> http.getSharedObject(ApplicationContext.class).getBean(ClientRegistrationRepository.class));
	}

	private static <T> T shared(HttpSecurity http, Class<T> type, Supplier<T> otherwise) {
		T shared = http.getSharedObject(type);
		return (shared != null) ? shared : otherwise.get();
	}

	/**
	 * Returns whether the only chain is Boot's. For an OAuth2 client, that chain has no
	 * form login and redirects every visitor to the only provider, so an application with
	 * a password login would lose it.
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

}
