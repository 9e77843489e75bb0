package io.github.qqoauth2.bind;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ObservationAuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractAuthenticationFilterConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2ClientConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;

/**
 * Accesses the parts of Spring Security that have no accessor, or one whose signature
 * differs between 6.5 and 7.1. The only class of the starter that uses reflection.
 */
final class SpringSecurityAccess implements RuntimeHintsRegistrar {

	private static final Set<String> NOT_COPIED = Set.of("requiresAuthenticationRequestMatcher",
			"continueChainWhenNoAuthenticationResult");

	private static final Class<?> FILTER = AbstractAuthenticationProcessingFilter.class;

	private SpringSecurityAccess() {
	}

	/** Returns the settings of {@code oauth2Login().authorizationEndpoint(..)}. */
	static AuthorizationSettings authorizationEndpoint(OAuth2LoginConfigurer<?> login) {
		Object endpoint = required(OAuth2LoginConfigurer.class, login, "authorizationEndpointConfig");
		return settings(endpoint, (String) get(endpoint, "authorizationRequestBaseUri"));
	}

	/**
	 * Returns the settings of {@code oauth2Client().authorizationCodeGrant(..)}.
	 */
	static AuthorizationSettings authorizationCodeGrant(OAuth2ClientConfigurer<?> client) {
		return settings(required(OAuth2ClientConfigurer.class, client, "authorizationCodeGrantConfigurer"), null);
	}

	@SuppressWarnings("unchecked")
	private static AuthorizationSettings settings(Object endpoint, @Nullable String baseUri) {
		AuthorizationRequestRepository<OAuth2AuthorizationRequest> repository = (AuthorizationRequestRepository<OAuth2AuthorizationRequest>) get(
				endpoint, "authorizationRequestRepository");
		boolean own = repository != null
				&& repository.getClass() != HttpSessionOAuth2AuthorizationRequestRepository.class;
		return new AuthorizationSettings(
				(baseUri != null) ? baseUri
						: OAuth2AuthorizationRequestRedirectFilter.DEFAULT_AUTHORIZATION_REQUEST_BASE_URI,
				(OAuth2AuthorizationRequestResolver) get(endpoint, "authorizationRequestResolver"),
				own ? repository : null, (RedirectStrategy) get(endpoint, "authorizationRedirectStrategy"));
	}

	static @Nullable AuthenticationFailureHandler failureHandler(OAuth2LoginConfigurer<?> login) {
		return (AuthenticationFailureHandler) get(AbstractAuthenticationFilterConfigurer.class, login,
				"failureHandler");
	}

	/**
	 * Returns whether failures are redirected to Spring Security's default URL.
	 */
	static boolean hasDefaultFailureUrl(OAuth2LoginConfigurer<?> login) {
		Class<?> type = AbstractAuthenticationFilterConfigurer.class;
		return (get(type, login, "loginPage") + "?error").equals(get(type, login, "failureUrl"));
	}

	@SuppressWarnings("unchecked")
	static boolean isStateless(HttpSecurity http) {
		SessionManagementConfigurer<HttpSecurity> sessions = http.getConfigurer(SessionManagementConfigurer.class);
		Object policy = (sessions != null) ? get(SessionManagementConfigurer.class, sessions, "sessionPolicy") : null;
		return ((policy != null) ? policy
				: http.getSharedObject(SessionCreationPolicy.class)) == SessionCreationPolicy.STATELESS;
	}

	/**
	 * Returns the login page of {@code oauth2Login} if set, else that of
	 * {@code formLogin}.
	 */
	@SuppressWarnings("unchecked")
	static String loginPage(HttpSecurity http, OAuth2LoginConfigurer<?> login) {
		Object custom = get(login, "loginPage");
		FormLoginConfigurer<HttpSecurity> form = http.getConfigurer(FormLoginConfigurer.class);
		return (String) Objects.requireNonNull((custom != null) ? custom
				: get(AbstractAuthenticationFilterConfigurer.class, (form != null) ? form : login, "loginPage"));
	}

	static AuthenticationSuccessHandler successHandler(OAuth2LoginAuthenticationFilter filter) {
		return (AuthenticationSuccessHandler) required(FILTER, filter, "successHandler");
	}

	static AuthenticationFailureHandler failureHandler(OAuth2LoginAuthenticationFilter filter) {
		return (AuthenticationFailureHandler) required(FILTER, filter, "failureHandler");
	}

	static RequestMatcher callbackMatcher(OAuth2LoginAuthenticationFilter filter) {
		return (RequestMatcher) required(FILTER, filter, "requiresAuthenticationRequestMatcher");
	}

	static SecurityContextRepository contextRepository(AbstractAuthenticationProcessingFilter filter) {
		return (SecurityContextRepository) required(FILTER, filter, "securityContextRepository");
	}

	/**
	 * Copies the settings of the chain's finished login filter to another login filter:
	 * session strategy, context repository, remember-me services, handlers and all others
	 * except the matcher and whether the chain continues without a result.
	 */
	static void copySettings(OAuth2LoginAuthenticationFilter finished, AbstractAuthenticationProcessingFilter filter) {
		ReflectionUtils.doWithLocalFields(FILTER, (field) -> {
			if (ReflectionUtils.COPYABLE_FIELDS.matches(field) && !NOT_COPIED.contains(field.getName())) {
				ReflectionUtils.makeAccessible(field);
				field.set(filter, field.get(finished));
			}
		});
	}

	/**
	 * Returns whether Spring Security 7 merges the factors of a login with those of the
	 * signed-in user.
	 */
	static boolean isMfaEnabled(AbstractAuthenticationProcessingFilter filter) {
		Field field = ReflectionUtils.findField(FILTER, "mfaEnabled");
		if (field == null) {
			return false;
		}
		ReflectionUtils.makeAccessible(field);
		return Boolean.TRUE.equals(ReflectionUtils.getField(field, filter));
	}

	/**
	 * Returns the manager that an authentication manager delegates to, if any.
	 */
	static @Nullable AuthenticationManager delegate(AuthenticationManager manager) {
		if (manager instanceof ProviderManager) {
			return (AuthenticationManager) get(ProviderManager.class, manager, "parent");
		}
		return (manager instanceof ObservationAuthenticationManager)
				? (AuthenticationManager) get(ObservationAuthenticationManager.class, manager, "delegate") : null;
	}

	/**
	 * Creates an authorization request with the values that the callback needs.
	 */
	static OAuth2AuthorizationRequest authorizationRequest(@Nullable String authorizationUri, @Nullable String clientId,
			@Nullable String redirectUri, @Nullable String state, Map<String, Object> attributes) {
		Object builder = OAuth2AuthorizationRequest.authorizationCode();
		call(builder, "authorizationUri", String.class, Objects.requireNonNull(authorizationUri));
		call(builder, "clientId", String.class, Objects.requireNonNull(clientId));
		call(builder, "redirectUri", String.class, Objects.requireNonNull(redirectUri));
		call(builder, "state", String.class, Objects.requireNonNull(state));
		call(builder, "attributes", Consumer.class, replaceBy(attributes));
		return build(builder);
	}

	/**
	 * Rebuilds an authorization request with other values.
	 */
	static OAuth2AuthorizationRequest rebuild(OAuth2AuthorizationRequest request, Set<String> scopes, String state,
			Map<String, Object> additionalParameters, Map<String, Object> attributes, String uri) {
		Object builder = OAuth2AuthorizationRequest.from(request);
		call(builder, "scopes", Set.class, scopes);
		call(builder, "state", String.class, state);
		call(builder, "additionalParameters", Consumer.class, replaceBy(additionalParameters));
		call(builder, "attributes", Consumer.class, replaceBy(attributes));
		call(builder, "authorizationRequestUri", String.class, uri);
		return build(builder);
	}

	private static OAuth2AuthorizationRequest build(Object builder) {
		Method build = Objects.requireNonNull(ReflectionUtils.findMethod(builder.getClass(), "build"));
		return (OAuth2AuthorizationRequest) Objects.requireNonNull(ReflectionUtils.invokeMethod(build, builder));
	}

	private static Consumer<Map<String, Object>> replaceBy(Map<String, Object> values) {
		return (map) -> {
			map.clear();
			map.putAll(values);
		};
	}

	private static void call(Object builder, String name, Class<?> type, Object value) {
		Method method = ReflectionUtils.findMethod(builder.getClass(), name, type);
		Assert.state(method != null, () -> "OAuth2AuthorizationRequest.Builder has no method " + name);
		ReflectionUtils.makeAccessible(method);
		ReflectionUtils.invokeMethod(method, builder, value);
	}

	private static @Nullable Object get(Object target, String name) {
		return get(target.getClass(), target, name);
	}

	private static Object required(Class<?> type, Object target, String name) {
		return Objects.requireNonNull(get(type, target, name));
	}

	private static @Nullable Object get(Class<?> type, Object target, String name) {
		Field field = ReflectionUtils.findField(type, name);
		Assert.state(field != null, () -> type.getName() + " has no field " + name
				+ ": the QQ starter does not support this version of Spring Security");
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, target);
	}

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		for (Class<?> type : List.of(OAuth2LoginConfigurer.class,
				OAuth2LoginConfigurer.AuthorizationEndpointConfig.class, OAuth2ClientConfigurer.class,
				OAuth2ClientConfigurer.AuthorizationCodeGrantConfigurer.class,
				AbstractAuthenticationFilterConfigurer.class, SessionManagementConfigurer.class,
				AbstractAuthenticationProcessingFilter.class, ProviderManager.class,
				ObservationAuthenticationManager.class)) {
			ReflectionUtils.doWithLocalFields(type, hints.reflection()::registerField);
		}
		String request = OAuth2AuthorizationRequest.class.getName();
		for (String type : List.of(request + "$Builder", request + "$AbstractBuilder", AuthenticationFactors.FACTOR)) {
			hints.reflection()
				.registerType(TypeReference.of(type), MemberCategory.INVOKE_PUBLIC_METHODS,
						MemberCategory.INVOKE_DECLARED_METHODS);
		}
	}

}
