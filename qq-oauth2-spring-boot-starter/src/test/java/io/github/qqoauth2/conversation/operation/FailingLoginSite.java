package io.github.qqoauth2.conversation.operation;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import javax.sql.DataSource;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.authentication.AuthenticationDetailsSource;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.NullRememberMeServices;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.transaction.TransactionDefinition;

import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.conversation.Site;

/**
 * A site with one bean that throws, selected by the test.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class FailingLoginSite {

	static final String MESSAGE = "a bean of the application fails";

	/**
	 * The property that adds a failure handler to the site.
	 */
	static final String FAILURE_HANDLER = "site.failure-handler";

	private static volatile @Nullable Failing failing;

	private static volatile Supplier<RuntimeException> exceptions = IllegalStateException::new;

	static void fail(Failing bean, Supplier<RuntimeException> exception) {
		exceptions = exception;
		failing = bean;
	}

	static void restore() {
		failing = null;
	}

	private static void check(Failing bean) {
		if (failing == bean) {
			throw exceptions.get();
		}
	}

	/**
	 * Wraps an object. Its methods with matching names throw if the bean is selected.
	 */
	private static <T> T failing(Failing bean, Class<T> type, Object delegate, String methods) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				if (method.getName().matches(methods)) {
					check(bean);
				}
				try {
					return method.invoke(delegate, arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getTargetException();
				}
			}));
	}

	@Bean
	@SuppressWarnings("unchecked")
	SecurityFilterChain chain(HttpSecurity http, RecordingHandler failures) throws Exception {
		RequestCache cache = failing(Failing.REQUEST_CACHE, RequestCache.class, new HttpSessionRequestCache(),
				"get.*|remove.*");
		SavedRequestAwareAuthenticationSuccessHandler success = new SavedRequestAwareAuthenticationSuccessHandler();
		success.setRequestCache(cache);
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.formLogin(Customizer.withDefaults());
		http.oauth2Login((login) -> {
			login.authenticationDetailsSource(failing(Failing.DETAILS_SOURCE, AuthenticationDetailsSource.class,
					new WebAuthenticationDetailsSource(), "buildDetails"));
			login.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestRepository(
					failing(Failing.REQUEST_REPOSITORY, AuthorizationRequestRepository.class,
							new HttpSessionOAuth2AuthorizationRequestRepository(), "load.*|remove.*")));
			login.successHandler(failing(Failing.SUCCESS_HANDLER, AuthenticationSuccessHandler.class, success,
					"onAuthenticationSuccess"));
			if (failures.isUsed()) {
				login.failureHandler(failures);
			}
		});
		http.securityContext((context) -> context.securityContextRepository(failing(Failing.CONTEXT_REPOSITORY,
				SecurityContextRepository.class, new HttpSessionSecurityContextRepository(), "saveContext")));
		http.rememberMe((rememberMe) -> rememberMe.key("site")
			.rememberMeServices(failing(Failing.REMEMBER_ME, RememberMeServices.class, new NullRememberMeServices(),
					"loginSuccess|loginFail")));
		http.requestCache((requests) -> requests.requestCache(cache));
		http.sessionManagement((sessions) -> sessions.maximumSessions(9)
			.sessionRegistry(
					failing(Failing.SESSION_REGISTRY, SessionRegistry.class, new SessionRegistryImpl(), "register.*")));
		http.csrf((csrf) -> csrf.disable());
		return http.build();
	}

	@Bean
	RecordingHandler failureHandler(Environment environment) {
		return new RecordingHandler(environment.containsProperty(FAILURE_HANDLER));
	}

	@Bean
	UserDetailsService users() {
		return (name) -> {
			check(Failing.ACCOUNT_LOADER);
			if (!name.equals("alice")) {
				throw new UsernameNotFoundException(name);
			}
			return User.withUsername(name)
				.password("{noop}alice-password")
				.roles("USER")
				.accountLocked(failing == Failing.FAILURE_LISTENER)
				.build();
		};
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return failing(Failing.PASSWORD_ENCODER, PasswordEncoder.class,
				PasswordEncoderFactories.createDelegatingPasswordEncoder(), "matches");
	}

	@Bean
	QqAccountRegistrar registrar() {
		return new QqAccountRegistrar() {

			@Override
			public UserDetails register(QqRegistration registration) {
				check(Failing.REGISTRAR);
				return User.withUsername("alice").password("{noop}alice-password").roles("USER").build();
			}

		};
	}

	@Bean
	JdbcTransactionManager transactionManager(DataSource dataSource) {
		return new FailingTransactionManager(dataSource);
	}

	@Bean
	static BeanPostProcessor failingStore() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof QqAccountBindingStore)
						? failing(Failing.BINDING_STORE_WRITE, QqAccountBindingStore.class,
								failing(Failing.BINDING_STORE_FIND, QqAccountBindingStore.class, bean, "find"),
								"insert|update|delete")
						: bean;
			}

		};
	}

	@Bean
	Listeners listeners() {
		return new Listeners();
	}

	@Bean
	Site.Pages pages() {
		return new Site.Pages();
	}

	/**
	 * The beans that a callback uses.
	 */
	enum Failing {

		ACCOUNT_LOADER, PASSWORD_ENCODER, BINDING_STORE_FIND, BINDING_STORE_WRITE, TRANSACTION_MANAGER, REGISTRAR,
		ACCOUNT_LISTENER, SUCCESS_LISTENER, INTERACTIVE_SUCCESS_LISTENER, FAILURE_LISTENER, SESSION_REGISTRY,
		DETAILS_SOURCE, REQUEST_REPOSITORY, REQUEST_CACHE, SUCCESS_HANDLER, CONTEXT_REPOSITORY, REMEMBER_ME;

		/**
		 * Whether the login fails before the call to QQ.
		 */
		boolean isBeforeQq() {
			return this == DETAILS_SOURCE || this == REQUEST_REPOSITORY;
		}

	}

	/**
	 * Listeners to the events of a login.
	 */
	static class Listeners {

		@EventListener
		void on(QqAccountEvent event) {
			check(Failing.ACCOUNT_LISTENER);
		}

		@EventListener
		void on(AbstractAuthenticationEvent event) {
			if (event instanceof AuthenticationSuccessEvent) {
				check(Failing.SUCCESS_LISTENER);
			}
			if (event instanceof InteractiveAuthenticationSuccessEvent) {
				check(Failing.INTERACTIVE_SUCCESS_LISTENER);
			}
			if (event instanceof AbstractAuthenticationFailureEvent) {
				check(Failing.FAILURE_LISTENER);
			}
		}

	}

	/**
	 * A transaction manager that fails to begin a transaction if selected.
	 */
	private static final class FailingTransactionManager extends JdbcTransactionManager {

		private static final long serialVersionUID = 1L;

		FailingTransactionManager(DataSource dataSource) {
			super(dataSource);
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			check(Failing.TRANSACTION_MANAGER);
			super.doBegin(transaction, definition);
		}

	}

	/**
	 * Records the failures that it handles.
	 */
	static final class RecordingHandler implements AuthenticationFailureHandler {

		private final boolean used;

		private final List<AuthenticationException> failures = new CopyOnWriteArrayList<>();

		RecordingHandler(boolean used) {
			this.used = used;
		}

		boolean isUsed() {
			return this.used;
		}

		List<AuthenticationException> drain() {
			List<AuthenticationException> drained = List.copyOf(this.failures);
			this.failures.clear();
			return drained;
		}

		@Override
		public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
				AuthenticationException failure) throws IOException {
			this.failures.add(failure);
			response.setStatus(418);
			response.setContentType("application/json");
			response.getWriter().write("{\"errmsg\":\"of the application\"}");
		}

	}

}
