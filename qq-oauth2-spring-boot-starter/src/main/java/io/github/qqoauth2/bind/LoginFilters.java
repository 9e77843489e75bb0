package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;

import io.github.qqoauth2.account.QqTokenIssuer;

/**
 * Creates the filters of the QQ login for one chain, and the objects that they share.
 */
final class LoginFilters {

	private final QqLogin qq;

	private final ApplicationContext context;

	private final AuthenticationManager authenticationManager;

	private final ClientRegistrationRepository registrations;

	private final LoginChain chain;

	private final AuthorizationRequestStore requests;

	private final CurrentAuthentication currentAuthentication;

	private final PendingBindingRepository pendingBindings;

	private final EndedLogins ended;

	private final @Nullable RegistrationForm registrationForm;

	private final BindingDecision binding;

	private final ApiModels models;

	private final LoginPages pages;

	private final LoginResponses responses;

	LoginFilters(QqLogin qq, HttpSecurity http, ClientRegistrationRepository registrations, LoginChain chain,
			AuthorizationRequestStore requests) {
		this.qq = qq;
		this.context = http.getSharedObject(ApplicationContext.class);
		this.authenticationManager = http.getSharedObject(AuthenticationManager.class);
		this.registrations = registrations;
		this.chain = chain;
		this.requests = requests;
		this.currentAuthentication = new CurrentAuthentication(
				this.context.getBeanProvider(SecurityContextHolderStrategy.class)
					.getIfAvailable(SecurityContextHolder::getContextHolderStrategy),
				chain.isStateless());
		this.pendingBindings = qq.stores().pendingBindings(chain.isStateless());
		this.ended = new EndedLogins(qq.clock(), chain.isStateless());
		this.registrationForm = hasBindForm() ? qq.registration() : null;
		this.binding = new BindingDecision(chain.isStateless(), this.currentAuthentication, qq.bindings(),
				qq.accounts(), new AccountPageAccess(this.context.getBeanProvider(FilterChainProxy.class)),
				qq.outcomes());
		this.models = new ApiModels(qq.bindings(), this.binding, this.pendingBindings, this.registrationForm,
				this.context.getBeanProvider(QqTokenIssuer.class)::getIfAvailable, qq.messages(), qq.clock());
		this.pages = pages();
		this.responses = new LoginResponses(this.pages, this.models,
				new JsonResponseWriter(this.context.getBeanProvider(QqJsonResponseMapper.class)::getIfAvailable),
				this.pendingBindings);
	}

	private LoginPages pages() {
		return new LoginPages(this.chain, this.qq.settings().bindPage(),
				new BindPage(this.qq.page(), this.qq.messages(), this.chain, this.registrationForm),
				new AccountPage(this.qq.bindings(), this.qq.page(), this.qq.messages(), this.qq.clock()),
				new ErrorPage(this.qq.page(), this.qq.messages(), this.chain),
				this.qq.stores().errors(this.chain.isStateless()));
	}

	/**
	 * Returns whether the bind page has forms of its own. It has none if visitors bind at
	 * the application's login page: whatever protects that page must apply to every
	 * login.
	 */
	private boolean hasBindForm() {
		return !this.qq.settings().bindPage().equals(this.chain.loginPage());
	}

	LoginResponses responses() {
		return this.responses;
	}

	/**
	 * Returns the listener that prepares the first login.
	 */
	WarmUp warmUp() {
		return new WarmUp(this.qq.client(), this.pages.bindPage());
	}

	/**
	 * Adds the filters to the chain. Before {@link CsrfFilter}: {@link PrefetchFilter},
	 * {@link UnreadableParametersFilter}, {@link ApiRequestFilter},
	 * {@link PendingBindingRequiredFilter}. Before
	 * {@link OAuth2LoginAuthenticationFilter}: {@link LoginPagesFilter},
	 * {@link BindAuthenticationFilter}, {@link RegisterAuthenticationFilter},
	 * {@link QqLoginAuthenticationFilter}. After {@link AuthorizationFilter}:
	 * {@link AccountPageFilter}. Those at the same place run in the order in which they
	 * are added.
	 * @param finished the chain's login filter, as Spring Security and the application
	 * have configured it
	 * @param callback matches the callback of {@code qq}
	 * @param postProcess the post-processing that Spring Security applies to each login
	 * filter
	 */
	void addTo(HttpSecurity http, OAuth2LoginAuthenticationFilter finished, RequestMatcher callback,
			UnaryOperator<AbstractAuthenticationProcessingFilter> postProcess) {
		QqAuthenticationFailureHandler failures = new QqAuthenticationFailureHandler(
				SpringSecurityAccess.failureHandler(finished), this.chain, this.responses, this.models,
				this.pages.errors(), this.ended, this.qq.outcomes());
		RepeatedCallback repeated = new RepeatedCallback(this.ended, this.pendingBindings, this.currentAuthentication,
				this.responses, successHandler(finished), failures);
		RequestMatcher start = this.chain.start()::isAt;
		http.addFilterBefore(new PrefetchFilter(start, callback), CsrfFilter.class);
		http.addFilterBefore(new UnreadableParametersFilter(
				(request) -> LoginPaths.isAtPage(request) || start.matches(request) || callback.matches(request)),
				CsrfFilter.class);
		http.addFilterBefore(new ApiRequestFilter(start, callback, this.responses), CsrfFilter.class);
		http.addFilterBefore(new LoginPagesFilter(this.pendingBindings, this.qq.page(), this.pages, this.responses,
				this.currentAuthentication, this.ended, repeated), OAuth2LoginAuthenticationFilter.class);
		if (hasBindForm()) {
			http.addFilterBefore(new PendingBindingRequiredFilter(this.pendingBindings, this.currentAuthentication,
					this.ended, this.responses), CsrfFilter.class);
		}
		for (AbstractAuthenticationProcessingFilter filter : loginFilters(finished, callback, repeated, failures)) {
			http.addFilterBefore(postProcess.apply(filter), OAuth2LoginAuthenticationFilter.class);
		}
		http.addFilterAfter(accountFilter(failures), AuthorizationFilter.class);
	}

	private List<AbstractAuthenticationProcessingFilter> loginFilters(OAuth2LoginAuthenticationFilter finished,
			RequestMatcher callback, RepeatedCallback repeated, QqAuthenticationFailureHandler failures) {
		List<AbstractAuthenticationProcessingFilter> filters = new ArrayList<>();
		if (hasBindForm()) {
			filters.add(bindFilter(finished, failures));
		}
		if (this.registrationForm != null) {
			filters.add(registerFilter(finished, this.registrationForm, failures));
		}
		filters.add(callbackFilter(finished, callback, repeated, failures));
		return filters;
	}

	private QqLoginAuthenticationFilter callbackFilter(OAuth2LoginAuthenticationFilter finished,
			RequestMatcher callback, RepeatedCallback repeated, QqAuthenticationFailureHandler failures) {
		LoginDecision decision = new LoginDecision(this.qq.accounts(), this.qq.bindings(),
				this.qq.settings().autoRegister() ? this.qq.registration() : null, this.qq.stores().tokens(),
				this.qq.settings().profileMaxAge(), this.qq.clock());
		LoginResultHandler results = new LoginResultHandler(this.chain, this.pendingBindings, this.ended,
				this.pages.errors(), this.responses, this.qq.outcomes());
		QqLoginAuthenticationFilter filter = new QqLoginAuthenticationFilter(this.requests, repeated,
				new IdentityAuthenticator(this.registrations, identities()), this.currentAuthentication, decision,
				results, this.context.getBeanProvider(AuthenticationEventPublisher.class)
					.getIfAvailable(() -> new DefaultAuthenticationEventPublisher(this.context)));
		filter.setRequiresAuthenticationRequestMatcher(callback);
		return withSettings(filter, finished, failures);
	}

	/**
	 * Creates the manager that authenticates QQ identities: Spring Security's provider
	 * with QQ's token client and user service, observed as the chain's authentication
	 * manager is.
	 */
	private AuthenticationManager identities() {
		AuthenticationManager manager = new ProviderManager(new OAuth2LoginAuthenticationProvider(
				this.qq.client().tokenClient(), new QqOAuth2UserService(this.qq.client())));
		ObjectProvider<ObjectPostProcessor<AuthenticationManager>> observation = this.context.getBeanProvider(
				ResolvableType.forClassWithGenerics(ObjectPostProcessor.class, AuthenticationManager.class));
		ObjectPostProcessor<AuthenticationManager> postProcessor = observation.getIfUnique();
		return (postProcessor != null) ? postProcessor.postProcess(manager) : manager;
	}

	private BindAuthenticationFilter bindFilter(OAuth2LoginAuthenticationFilter finished,
			QqAuthenticationFailureHandler failures) {
		return withSettings(new BindAuthenticationFilter(this.chain, this.pendingBindings, this.ended, this.binding,
				passwordFailure(), this.responses, this.currentAuthentication), finished, failures);
	}

	private PasswordFailure passwordFailure() {
		return new PasswordFailure(this.qq.accounts(), this.context.getBeanProvider(PasswordEncoder.class)
			.getIfUnique(PasswordEncoderFactories::createDelegatingPasswordEncoder));
	}

	private RegisterAuthenticationFilter registerFilter(OAuth2LoginAuthenticationFilter finished, RegistrationForm form,
			QqAuthenticationFailureHandler failures) {
		return withSettings(new RegisterAuthenticationFilter(this.chain, this.pendingBindings, this.ended, form,
				this.responses, this.currentAuthentication, this.qq.outcomes()), finished, failures);
	}

	private <F extends AbstractAuthenticationProcessingFilter> F withSettings(F filter,
			OAuth2LoginAuthenticationFilter finished, AuthenticationFailureHandler failures) {
		SpringSecurityAccess.copySettings(finished, filter);
		filter.setAuthenticationSuccessHandler(successHandler(finished));
		filter.setAuthenticationFailureHandler(failures);
		return filter;
	}

	private QqAuthenticationSuccessHandler successHandler(OAuth2LoginAuthenticationFilter finished) {
		return new QqAuthenticationSuccessHandler(SpringSecurityAccess.successHandler(finished), this.chain,
				this.responses, this.models, this.pages.errors());
	}

	private AccountPageFilter accountFilter(QqAuthenticationFailureHandler failures) {
		AccountPassword password = new AccountPassword(this.authenticationManager, passwordFailure(),
				this.chain.isStateless(), this.qq.settings().pendingTimeout(), this.qq.clock());
		OtherSessions otherSessions = new OtherSessions(this.context);
		return new AccountPageFilter(this.currentAuthentication, this.pendingBindings,
				new Confirmation(this.pendingBindings, this.binding, password, otherSessions, this.ended,
						this.responses),
				new Unlinking(this.qq.bindings(), password, otherSessions, this.responses, this.qq.outcomes()),
				this.responses, failures);
	}

}
