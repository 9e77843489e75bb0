package io.github.qqoauth2.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.bind.QqLogin;

/**
 * Checks that require migrations to have run and filter chains to be built.
 */
final class StartupChecks implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(StartupChecks.class);

	private final ObjectProvider<QqLogin> login;

	private final ObjectProvider<ClientRegistrationRepository> registrations;

	private final ObjectProvider<TableSchema> schemas;

	private final ApplicationContext context;

	StartupChecks(ObjectProvider<QqLogin> login, ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<TableSchema> schemas, ApplicationContext context) {
		this.login = login;
		this.registrations = registrations;
		this.schemas = schemas;
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.registrations.ifAvailable(StartupChecks::check);
		this.schemas.forEach(TableSchema::check);
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
	}

	/**
	 * Builds the filter chains, which are not built yet if the application creates its
	 * beans lazily.
	 * @return whether there are any
	 */
	private boolean buildChains() {
		return !this.context.getBeansOfType(SecurityFilterChain.class).isEmpty();
	}

	private static void check(ClientRegistrationRepository repository) {
		ClientRegistration registration = repository.findByRegistrationId(QqLogin.REGISTRATION_ID);
		PropertyChecks.checkClientRegistration(registration);
		logger.info("QQ login is enabled. The callback to register at QQ Connect: " + registration.getRedirectUri());
	}

}
