package io.github.qqoauth2.autoconfigure;

import java.util.Set;

import jakarta.servlet.ServletContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.bind.QqLogin;

/**
 * Checks that require migrations to have run and filter chains to be built.
 */
final class StartupChecks implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(StartupChecks.class);

	private final ObjectProvider<QqLogin> login;

	private final ObjectProvider<ClientRegistrationRepository> registrations;

	private final ObjectProvider<TableSchema> schemas;

	private final WebApplicationContext context;

	StartupChecks(ObjectProvider<QqLogin> login, ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<TableSchema> schemas, WebApplicationContext context) {
		this.login = login;
		this.registrations = registrations;
		this.schemas = schemas;
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.registrations
			.ifAvailable((repository) -> PropertyChecks.checkClientRegistration(registration(repository)));
		this.schemas.forEach(TableSchema::check);
		checkAccounts();
		if (buildChains() && !this.login.getObject().isHookedIn()) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.app-id is set, but none of the application's SecurityFilterChain beans has "
							+ "oauth2Login(), so that no chain supports QQ login.",
					"Add this line to the chain that has the login: http.oauth2Login(Customizer.withDefaults());");
		}
		if (this.login.getObject().isLackingTicketKey()) {
			throw new InvalidConfigurationException(
					"A filter chain has both oauth2Login() and SessionCreationPolicy.STATELESS, but the property "
							+ "qq.oauth2.ticket-key is not set. Without sessions, encrypted cookies carry a QQ login, "
							+ "and they require a key.",
					"Set qq.oauth2.ticket-key to 32 bytes in Base64, the same on all nodes. Generate it with 'openssl "
							+ "rand -base64 32' and keep it out of the repository.");
		}
		StartupWarnings.of(realCallback(), this.context.getEnvironment(), this.login.getObject()).forEach(logger::warn);
	}

	/**
	 * The QQ login looks these beans up late.
	 */
	private void checkAccounts() {
		this.context.getBean(QqAccountLoader.class);
		PropertyChecks.checkRegistration(this.context.getBean(QqOAuth2Properties.class),
				this.context.getBeanProvider(QqAccountRegistrar.class).getIfAvailable());
	}

	/**
	 * Builds the filter chains, which are not built yet if the application creates its
	 * beans lazily.
	 * @return whether there are any
	 */
	private boolean buildChains() {
		return !this.context.getBeansOfType(SecurityFilterChain.class).isEmpty();
	}

	private static @Nullable ClientRegistration registration(ClientRegistrationRepository repository) {
		return repository.findByRegistrationId(QqLogin.REGISTRATION_ID);
	}

	private @Nullable ClientRegistration registration() {
		ClientRegistrationRepository repository = this.registrations.getIfAvailable();
		return (repository != null) ? registration(repository) : null;
	}

	/**
	 * Returns the callback address of the real QQ, or {@code null} with a simulator.
	 */
	private @Nullable CallbackAddress realCallback() {
		ClientRegistration registration = registration();
		String host = (registration != null) ? UriComponentsBuilder
			.fromUriString(String.valueOf(registration.getProviderDetails().getAuthorizationUri()))
			.build()
			.getHost() : null;
		return (registration != null && !PropertyChecks.isLoopback(host))
				? new CallbackAddress(String.valueOf(registration.getRedirectUri())) : null;
	}

	/**
	 * Logs the callback address, once the port of the web server is known.
	 */
	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		ClientRegistration registration = registration();
		if (registration == null || !this.context.equals(event.getApplicationContext())) {
			return;
		}
		CallbackAddress callback = new CallbackAddress(String.valueOf(registration.getRedirectUri()));
		logger.info("QQ login is on. The callback address "
				+ (callback.isRelative() ? "at this server: " : "to register at QQ Connect: ")
				+ atThisServer(callback));
	}

	private String atThisServer(CallbackAddress callback) {
		Environment environment = this.context.getEnvironment();
		ServletContext servlets = this.context.getServletContext();
		return callback.at(usesTls(environment) ? "https" : "http", host(environment.getProperty("server.address", "")),
				environment.getProperty("local.server.port", Integer.class),
				(servlets != null) ? servlets.getContextPath() : "");
	}

	private static String host(String serverAddress) {
		if (Set.of("", "0.0.0.0", "::").contains(serverAddress)) {
			return "localhost";
		}
		return serverAddress.contains(":") ? "[" + serverAddress + "]" : serverAddress;
	}

	private static boolean usesTls(Environment environment) {
		return environment.getProperty("server.ssl.enabled", Boolean.class, true)
				&& (environment.containsProperty("server.ssl.bundle")
						|| environment.containsProperty("server.ssl.key-store")
						|| environment.containsProperty("server.ssl.certificate"));
	}

}
