package io.github.qqoauth2.autoconfigure;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.lang.Contract;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.util.StringUtils;

import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.bind.QqLogin;

/**
 * Checks the properties, the registration form and the client registration at start-up.
 */
final class PropertyChecks {

	private static final Set<String> FORM_PARAMETERS = new TreeSet<>(Set.of("binding", "tab", "remember-me", "_csrf"));

	private PropertyChecks() {
	}

	static void check(Environment environment) {
		Binder binder = Binder.get(environment);
		QqOAuth2Properties properties = binder.bindOrCreate("qq.oauth2", QqOAuth2Properties.class);
		checkApplication(properties);
		checkKeys(properties.tokenEncryptionKeys());
		checkTicketKey(properties.ticketKey());
		checkBaseUri(properties.baseUri());
		checkBindPage(properties.bindPage());
		checkPositive("pending-timeout", properties.pendingTimeout());
		checkPositive("login-timeout", properties.loginTimeout());
		checkMaxConcurrentCalls(properties.maxConcurrentCalls());
		String scope = "spring.security.oauth2.client.registration." + QqLogin.REGISTRATION_ID + ".scope";
		checkScopes(binder.bind(scope, Bindable.setOf(String.class)).orElse(Set.of()));
	}

	private static void checkApplication(QqOAuth2Properties properties) {
		checkResolved("app-id", properties.appId());
		checkResolved("app-key", properties.appKey());
		if (!StringUtils.hasText(properties.appId())) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.app-key is set, but qq.oauth2.app-id is not.",
					"Set qq.oauth2.app-id to the application's id at QQ Connect (its digits), or remove "
							+ "qq.oauth2.app-key to disable QQ login.");
		}
		if (!StringUtils.hasText(properties.appKey())) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.app-id is set, but qq.oauth2.app-key has no value.",
					"Set qq.oauth2.app-key to the application's key at QQ Connect. Keep it out of the repository, for "
							+ "example in the environment variable QQ_OAUTH2_APPKEY.");
		}
	}

	private static void checkBindPage(String bindPage) {
		if (!bindPage.startsWith("/") || bindPage.startsWith("//")) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.bind-page is '" + bindPage + "', which is not a path of this application.",
					"Set qq.oauth2.bind-page to a path that begins with a single slash, such as " + QqLogin.BIND_PAGE
							+ ".");
		}
	}

	private static void checkMaxConcurrentCalls(int maxConcurrentCalls) {
		if (maxConcurrentCalls < 1) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.max-concurrent-calls is " + maxConcurrentCalls
							+ ", which allows no call to QQ.",
					"Set qq.oauth2.max-concurrent-calls to at least 1, or remove it to use the default of 100.");
		}
	}

	private static void checkKeys(List<String> keys) {
		for (String key : keys) {
			if (!isKey(key)) {
				throw new InvalidConfigurationException(
						"The property qq.oauth2.token-encryption-keys contains a value that is not a key: a key is 32 "
								+ "bytes in Base64.",
						"Generate one with 'openssl rand -base64 32' and keep it out of the repository. The first key of "
								+ "the list encrypts; the others only decrypt.");
			}
		}
	}

	private static void checkTicketKey(@Nullable String key) {
		if (StringUtils.hasText(key) && !isKey(key)) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.ticket-key is not a key: a key is 32 bytes in Base64.",
					"Generate one with 'openssl rand -base64 32' and keep it out of the repository, or remove the "
							+ "property if every filter chain has sessions.");
		}
	}

	private static boolean isKey(String key) {
		try {
			return Base64.getDecoder().decode(key.strip()).length == 32;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static void checkResolved(String name, @Nullable String value) {
		if (value != null && value.contains("${")) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2." + name + " is '" + value + "', an unresolvable placeholder.",
					"For development without an app id, add the dependency io.github.qqoauth2:qq-simulator, optional in "
							+ "Maven, developmentOnly in Gradle: it simulates QQ. Otherwise set the variable of the "
							+ "placeholder, for example in the environment, or give it an empty default, such as "
							+ "${QQ_APP_ID:}, to disable QQ login if it is not set.");
		}
	}

	private static void checkPositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidConfigurationException("The property qq.oauth2." + name + " is " + value + ".",
					"Set qq.oauth2." + name
							+ " to a duration above zero, such as 5m or 6s, or remove it to use the default.");
		}
	}

	private static void checkBaseUri(URI baseUri) {
		boolean secure = "https".equals(baseUri.getScheme()) && baseUri.getHost() != null;
		boolean loopback = "http".equals(baseUri.getScheme()) && isLoopback(baseUri.getHost());
		if (!secure && !loopback) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.base-uri is '" + baseUri + "': the application's key would be sent "
							+ "unencrypted.",
					"Use https. Plain http is accepted only for a loopback address, such as that of the simulator, "
							+ "http://127.0.0.1:9100.");
		}
	}

	static boolean isLoopback(@Nullable String host) {
		if (host == null || !(host.equals("localhost") || host.startsWith("127.") || host.startsWith("["))) {
			return false;
		}
		try {
			return InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	static void checkRegistration(QqOAuth2Properties properties, @Nullable QqAccountRegistrar registrar) {
		if (properties.autoRegister() && registrar == null) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.auto-register is true, but the application has no QqAccountRegistrar to "
							+ "create the accounts.",
					"Declare a bean of type QqAccountRegistrar, or remove qq.oauth2.auto-register.");
		}
		if (registrar != null) {
			checkFields(registrar);
		}
	}

	private static void checkFields(QqAccountRegistrar registrar) {
		Set<String> names = new HashSet<>(FORM_PARAMETERS);
		for (QqRegistrationField field : registrar.fields()) {
			if (!names.add(field.name())) {
				throw new InvalidConfigurationException(
						"The registration form has the field '" + field.name()
								+ "' twice, or the form itself uses that name.",
						"Give each field of the QqAccountRegistrar a unique name other than " + FORM_PARAMETERS + ".");
			}
		}
	}

	@Contract("null -> fail")
	static void checkClientRegistration(@Nullable ClientRegistration registration) {
		if (registration == null) {
			throw new InvalidConfigurationException(
					"The application's own ClientRegistrationRepository has no registration with the id 'qq'.",
					"Add one, or remove the repository, so that Spring Boot creates it from "
							+ "spring.security.oauth2.client.registration.");
		}
		checkScopes(registration.getScopes());
		checkRedirectUri(registration.getRedirectUri());
	}

	/**
	 * The action is {@code login} in a login, but {@code authorize} when linking and with
	 * {@code oauth2Client}, so that QQ would redirect to an address that no login filter
	 * handles.
	 */
	private static void checkRedirectUri(@Nullable String redirectUri) {
		if (redirectUri != null && redirectUri.contains("{action}")) {
			throw new InvalidConfigurationException(
					"The redirect URI of the registration 'qq' is '" + redirectUri
							+ "': {action} stands for several addresses, of which only that of the login handles the "
							+ "callback.",
					"Set the callback address of the login, such as {baseUrl}/login/oauth2/code/{registrationId}, in "
							+ "qq.oauth2.redirect-uri.");
		}
	}

	private static void checkScopes(@Nullable Set<String> scopes) {
		if (scopes != null && scopes.contains("openid")) {
			throw new InvalidConfigurationException(
					"The scope of the registration 'qq' contains 'openid', which QQ does not have and which makes "
							+ "Spring Security treat QQ as an OpenID Connect provider.",
					"Remove openid from spring.security.oauth2.client.registration.qq.scope; QQ returns the openid "
							+ "without a scope.");
		}
	}

}
