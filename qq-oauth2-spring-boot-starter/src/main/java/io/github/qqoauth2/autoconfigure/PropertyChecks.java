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
 * What can be told from the properties alone.
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
							+ "qq.oauth2.app-key to leave QQ login off.");
		}
		if (!StringUtils.hasText(properties.appKey())) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.app-id is set, but qq.oauth2.app-key has no value.",
					"Set qq.oauth2.app-key to the application's key at QQ Connect. Keep it out of the repository: "
							+ "an environment variable QQ_OAUTH2_APPKEY sets it too.");
		}
	}

	private static void checkBindPage(String bindPage) {
		if (!bindPage.startsWith("/") || bindPage.startsWith("//")) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.bind-page is '" + bindPage + "', which is no path of this application.",
					"Set qq.oauth2.bind-page to a path that begins with one slash, such as " + QqLogin.BIND_PAGE + ".");
		}
	}

	private static void checkMaxConcurrentCalls(int maxConcurrentCalls) {
		if (maxConcurrentCalls < 1) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.max-concurrent-calls is " + maxConcurrentCalls
							+ ", so that no call to QQ is allowed.",
					"Set qq.oauth2.max-concurrent-calls to at least 1, or remove it for the default of 100.");
		}
	}

	private static void checkKeys(List<String> keys) {
		for (String key : keys) {
			if (!isKey(key)) {
				throw new InvalidConfigurationException(
						"The property qq.oauth2.token-encryption-keys holds a value that is no key: it takes keys of 32 "
								+ "bytes in Base64.",
						"Make one with 'openssl rand -base64 32' and keep it out of the repository. The first key of "
								+ "the list encrypts, the others still decrypt.");
			}
		}
	}

	private static void checkTicketKey(@Nullable String key) {
		if (StringUtils.hasText(key) && !isKey(key)) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.ticket-key is no key: it takes 32 bytes in Base64.",
					"Make one with 'openssl rand -base64 32' and keep it out of the repository, or remove the property "
							+ "where every filter chain has sessions.");
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
					"The property qq.oauth2." + name + " is '" + value + "', and nothing resolves that placeholder.",
					"Set what it names, for example as an environment variable, or give it an empty default, such as "
							+ "${QQ_APP_ID:}, to leave QQ login off where it is not set.");
		}
	}

	private static void checkPositive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidConfigurationException("The property qq.oauth2." + name + " is " + value + ".",
					"Set qq.oauth2." + name + " to a time above zero, such as 5m or 6s, or remove it for the default.");
		}
	}

	private static void checkBaseUri(URI baseUri) {
		boolean secure = "https".equals(baseUri.getScheme()) && baseUri.getHost() != null;
		boolean loopback = "http".equals(baseUri.getScheme()) && isLoopback(baseUri.getHost());
		if (!secure && !loopback) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.base-uri is '" + baseUri + "': the application's key would travel to it "
							+ "in the clear.",
					"Use https. Plain http is accepted for a loopback address only, such as http://127.0.0.1:9000 "
							+ "where the simulator runs.");
		}
	}

	private static boolean isLoopback(@Nullable String host) {
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
					"The property qq.oauth2.auto-register is true, and the application has no QqAccountRegistrar, which "
							+ "would make the accounts.",
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
								+ "' twice, or its name is one that the form itself uses.",
						"Give each field of the QqAccountRegistrar a name of its own, and none of " + FORM_PARAMETERS
								+ ".");
			}
		}
	}

	@Contract("null -> fail")
	static void checkClientRegistration(@Nullable ClientRegistration registration) {
		if (registration == null) {
			throw new InvalidConfigurationException(
					"The application has a ClientRegistrationRepository of its own, and it has no registration with "
							+ "the id 'qq'.",
					"Add one, or leave the repository to Spring Boot, which builds it from "
							+ "spring.security.oauth2.client.registration.");
		}
		checkScopes(registration.getScopes());
		checkRedirectUri(registration.getRedirectUri());
	}

	/**
	 * The action of a start is {@code login}, that of a link or of {@code oauth2Client}
	 * is {@code authorize}: QQ would return to an address that no login serves.
	 */
	private static void checkRedirectUri(@Nullable String redirectUri) {
		if (redirectUri != null && redirectUri.contains("{action}")) {
			throw new InvalidConfigurationException(
					"The redirect URI of the registration 'qq' is '" + redirectUri
							+ "': {action} makes several addresses of it, and QQ returns to the one of the login only.",
					"Write the address of the login, such as {baseUrl}/login/oauth2/code/{registrationId}, in "
							+ "qq.oauth2.redirect-uri.");
		}
	}

	private static void checkScopes(@Nullable Set<String> scopes) {
		if (scopes != null && scopes.contains("openid")) {
			throw new InvalidConfigurationException(
					"The scope of the registration 'qq' contains 'openid', which QQ does not have and which makes "
							+ "Spring Security take QQ for an OpenID provider.",
					"Remove openid from spring.security.oauth2.client.registration.qq.scope; the openid comes "
							+ "without any scope.");
		}
	}

}
