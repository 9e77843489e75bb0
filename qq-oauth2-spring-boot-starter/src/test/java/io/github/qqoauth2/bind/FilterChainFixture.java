package io.github.qqoauth2.bind;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.web.context.support.GenericWebApplicationContext;

import io.github.qqoauth2.client.QqClient;

/**
 * A filter chain built by hand, in an application context without web server.
 */
final class FilterChainFixture implements AutoCloseable {

	static final String TICKET_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	static final ClientRegistration GITHUB = ClientRegistration.withRegistrationId("github")
		.clientId("gh")
		.clientSecret("key")
		.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
		.redirectUri("http://localhost/login/oauth2/code/github")
		.scope("user")
		.authorizationUri("https://github.test/authorize")
		.tokenUri("https://github.test/token")
		.userInfoUri("https://github.test/user")
		.userNameAttributeName("id")
		.build();

	private final LoginFixture parts = new LoginFixture();

	private final GenericWebApplicationContext context = new GenericWebApplicationContext(new MockServletContext());

	private @Nullable DefaultSecurityFilterChain chain;

	/**
	 * Creates a context with the QQ login and the registrations {@code qq} and
	 * {@code github}.
	 * @param settings the settings of the QQ login, or {@code null} for a context without
	 * one
	 * @param beans adds the application's beans
	 */
	FilterChainFixture(QqLogin.@Nullable Settings settings, Consumer<GenericWebApplicationContext> beans) {
		new AnnotatedBeanDefinitionReader(this.context).register(Security.class);
		if (settings != null) {
			this.context.registerBean(QqLogin.class, () -> qqLogin(settings));
		}
		registrations(this.context, LoginFixture.REGISTRATION, GITHUB);
		this.context.registerBean(Clock.class, () -> this.parts.clock);
		beans.accept(this.context);
		this.context.refresh();
	}

	FilterChainFixture() {
		this(settings(LoginPaths.BIND_PAGE, null), (context) -> {
		});
	}

	/**
	 * Replaces the registrations.
	 */
	static void registrations(GenericWebApplicationContext context, ClientRegistration... registrations) {
		context.registerBean("registrations", ClientRegistrationRepository.class,
				() -> new InMemoryClientRegistrationRepository(registrations));
	}

	static QqLogin.Settings settings(String bindPage, @Nullable String ticketKey) {
		return new QqLogin.Settings(bindPage, Duration.ofMinutes(5), Duration.ofDays(7), false, ticketKey, null, true);
	}

	private QqLogin qqLogin(QqLogin.Settings settings) {
		QqClient client = new QqClient(URI.create("http://127.0.0.1:1"), false, Duration.ofSeconds(1), 1,
				ObservationRegistry.NOOP);
		return new QqLogin(client, this.parts.bindings, this.parts.users::get, this.context,
				(request) -> Locale.ENGLISH, this.parts.outcomes::add, settings);
	}

	LoginFixture parts() {
		return this.parts;
	}

	GenericWebApplicationContext context() {
		return this.context;
	}

	QqLogin qqLogin() {
		return this.context.getBean(QqLogin.class);
	}

	/**
	 * Builds the chain.
	 */
	FilterChainFixture build(Consumer<HttpSecurity> customizer) {
		HttpSecurity http = this.context.getBean(HttpSecurity.class);
		customizer.accept(http);
		this.chain = http.build();
		return this;
	}

	List<Filter> filters() {
		if (this.chain == null) {
			throw new IllegalStateException("The chain is not built");
		}
		return this.chain.getFilters();
	}

	/**
	 * Returns the simple names of the filters, in their order.
	 */
	List<String> names() {
		return filters().stream().map((filter) -> filter.getClass().getSimpleName()).toList();
	}

	/**
	 * Returns the simple names of this package's filters, in their order.
	 */
	List<String> qqNames() {
		return filters().stream()
			.map(Object::getClass)
			.filter((type) -> type.getPackageName().equals("io.github.qqoauth2.bind"))
			.map(Class::getSimpleName)
			.toList();
	}

	<F extends Filter> F filter(Class<F> type) {
		return filters().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
	}

	/**
	 * Sends a request through the chain.
	 */
	MockHttpServletResponse send(MockHttpServletRequest request) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		new MockFilterChain(new NotFound(), filters().toArray(Filter[]::new)).doFilter(request, response);
		return response;
	}

	@Override
	public void close() {
		SecurityContextHolder.clearContext();
		this.context.close();
	}

	/**
	 * Spring Security's own beans.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class Security {

	}

	/**
	 * Stands for an application without pages.
	 */
	private static final class NotFound extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) {
			response.setStatus(404);
		}

	}

}
