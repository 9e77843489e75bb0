package io.github.qqoauth2.bind;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthenticatedPrincipalOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

import io.github.qqoauth2.account.QqAuthorizedClients;

/**
 * Puts our parts between one chain's {@code oauth2Login} and what it would use: each
 * wraps what the application set, or Spring's own, and takes only {@code qq} for itself.
 */
final class OAuth2LoginHook {

	private final QqLogin qq;

	private final OAuth2LoginConfigurer<HttpSecurity> login;

	private final ApplicationContext context;

	private final ClientRegistrationRepository registrations;

	private final String loginPage;

	private final boolean stateless;

	OAuth2LoginHook(QqLogin qq, HttpSecurity http, OAuth2LoginConfigurer<HttpSecurity> login,
			ApplicationContext context) {
		this.qq = qq;
		this.login = login;
		this.context = context;
		this.loginPage = SpringSecurityAccess.loginPage(http, login);
		this.stateless = SpringSecurityAccess.isStateless(http) && qq.states().canDoWithoutSessions();
		ClientRegistrationRepository shared = http.getSharedObject(ClientRegistrationRepository.class);
		this.registrations = (shared != null) ? shared : context.getBean(ClientRegistrationRepository.class);
	}

	/**
	 * Hooks in.
	 * @return the parts whose filters are still to be added, or {@code null} where this
	 * chain knows no registration {@code qq}
	 */
	@Nullable QqLoginParts hookIn() {
		ClientRegistration registration = this.registrations.findByRegistrationId(LoginPaths.REGISTRATION_ID);
		if (registration == null) {
			return null;
		}
		LoginChain chain = new LoginChain(Objects.requireNonNull(registration.getRedirectUri()));
		chain.authorizationBaseUri(SpringSecurityAccess.authorizationBaseUri(this.login));
		chain.loginPage(this.loginPage);
		chain.ownFailureHandler(SpringSecurityAccess.failureHandler(this.login));
		chain.stateless(this.stateless);
		this.qq.states().returnsTo(registration.getRedirectUri());
		SignedIn signedIn = new SignedIn(bean(SecurityContextHolderStrategy.class)
			.getIfAvailable(SecurityContextHolder::getContextHolderStrategy));
		QqLoginParts parts = this.qq.partsFor(chain, signedIn, new OtherSessions(this.context));
		OAuth2AuthorizationRequestResolver resolver = new QqAuthorizationRequestResolver(
				authorizationRequestResolver());
		chain.authorizationRequestResolver(resolver);
		this.login.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(resolver)
			.authorizationRedirectStrategy(redirectStrategy(chain, parts.answers())));
		if (this.stateless) {
			this.login.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestRepository(
					this.qq.states().authorizationRequests(authorizationRequestRepository())));
		}
		this.login.authorizedClientRepository(
				QqLogin.authorizedClientRepository(authorizedClientRepository(), bean(QqAuthorizedClients.class)));
		this.login.addObjectPostProcessor(new ProviderProcessor(parts, signedIn));
		this.login.addObjectPostProcessor(new FilterProcessor(parts));
		return parts;
	}

	private OAuth2AuthorizationRequestResolver authorizationRequestResolver() {
		OAuth2AuthorizationRequestResolver own = SpringSecurityAccess.authorizationRequestResolver(this.login);
		OAuth2AuthorizationRequestResolver resolver = (own != null) ? own
				: bean(OAuth2AuthorizationRequestResolver.class).getIfUnique();
		if (resolver != null) {
			return resolver;
		}
		String baseUri = SpringSecurityAccess.authorizationBaseUri(this.login);
		return new DefaultOAuth2AuthorizationRequestResolver(this.registrations, (baseUri != null) ? baseUri
				: OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI);
	}

	/**
	 * A front end opens QQ's page itself; a redirect would make its script go there.
	 */
	private RedirectStrategy redirectStrategy(LoginChain chain, Answers answers) {
		RedirectStrategy own = SpringSecurityAccess.authorizationRedirectStrategy(this.login);
		RedirectStrategy redirects = (own != null) ? own : new DefaultRedirectStrategy();
		return (request, response, url) -> {
			if (chain.isStart(request) && ApiRequest.isWanted(request)) {
				answers.json(request, response).toQq(url);
			}
			else {
				redirects.sendRedirect(request, response, url);
			}
		};
	}

	private AuthorizationRequestRepository<OAuth2AuthorizationRequest> authorizationRequestRepository() {
		AuthorizationRequestRepository<OAuth2AuthorizationRequest> own = SpringSecurityAccess
			.authorizationRequestRepository(this.login);
		return (own != null) ? own : new HttpSessionOAuth2AuthorizationRequestRepository();
	}

	private OAuth2AuthorizedClientRepository authorizedClientRepository() {
		OAuth2AuthorizedClientRepository own = SpringSecurityAccess.authorizedClientRepository(this.login);
		OAuth2AuthorizedClientRepository repository = (own != null) ? own
				: bean(OAuth2AuthorizedClientRepository.class).getIfAvailable();
		if (repository != null) {
			return repository;
		}
		return new AuthenticatedPrincipalOAuth2AuthorizedClientRepository(bean(OAuth2AuthorizedClientService.class)
			.getIfAvailable(() -> new InMemoryOAuth2AuthorizedClientService(this.registrations)));
	}

	private <T> ObjectProvider<T> bean(Class<T> type) {
		return this.context.getBeanProvider(type);
	}

	/**
	 * Puts the provider that knows QQ where the stock one was.
	 */
	private record ProviderProcessor(QqLoginParts parts,
			SignedIn signedIn) implements ObjectPostProcessor<AuthenticationProvider> {

		@Override
		@SuppressWarnings("unchecked")
		public <O extends AuthenticationProvider> O postProcess(O provider) {
			if (!(provider instanceof OAuth2LoginAuthenticationProvider)) {
				return provider;
			}
			OAuth2LoginAuthenticationProvider qq = new OAuth2LoginAuthenticationProvider(
					this.parts.client().tokenClient(), this.parts.userService());
			return (O) new QqAuthenticationProvider(provider, qq, this.signedIn);
		}

	}

	/**
	 * Takes the finished login filter's handlers into ours.
	 */
	private record FilterProcessor(QqLoginParts parts) implements ObjectPostProcessor<OAuth2LoginAuthenticationFilter> {

		@Override
		public <O extends OAuth2LoginAuthenticationFilter> O postProcess(O filter) {
			LoginChain chain = this.parts.chain();
			chain.loginFilter(filter);
			AuthenticationSuccessHandler success = new QqSuccessHandler(SpringSecurityAccess.successHandler(filter),
					this.parts);
			AuthenticationFailureHandler failure = new QqFailureHandler(SpringSecurityAccess.failureHandler(filter),
					this.parts);
			filter.setAuthenticationSuccessHandler(success);
			filter.setAuthenticationFailureHandler(failure);
			this.parts.bindFilter().setAuthenticationSuccessHandler(success);
			if (this.parts.registerFilter() != null) {
				this.parts.registerFilter().setAuthenticationSuccessHandler(success);
			}
			this.parts.outcomeHandler().failureHandler(failure);
			return filter;
		}

	}

}
