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
 * What can be told only once everything stands: migrations have run and filter chains are
 * built.
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
		boolean hasChains = this.context.getBeanNamesForType(SecurityFilterChain.class, true, false).length > 0;
		if (hasChains && !this.login.getObject().isHookedIn()) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.app-id is set, but none of the application's SecurityFilterChain beans has "
							+ "oauth2Login(), so nobody could log in with QQ.",
					"Add this line to the chain that has the login: http.oauth2Login(Customizer.withDefaults());");
		}
		if (this.login.getObject().isLackingTicketKey()) {
			throw new InvalidConfigurationException(
					"A filter chain has both oauth2Login() and SessionCreationPolicy.STATELESS, and the property "
							+ "qq.oauth2.ticket-key is not set: without sessions a QQ login is carried by encrypted "
							+ "cookies, which need a key.",
					"Set qq.oauth2.ticket-key to 32 bytes in Base64, the same on all nodes: 'openssl rand -base64 32' "
							+ "makes one. Keep it out of the repository.");
		}
	}

	private static void check(ClientRegistrationRepository repository) {
		ClientRegistration registration = repository.findByRegistrationId(QqLogin.REGISTRATION_ID);
		PropertyChecks.checkClientRegistration(registration);
		logger.info("QQ login is on. The callback to register at QQ Connect: " + registration.getRedirectUri());
	}

}
