package io.github.qqoauth2.autoconfigure;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

import io.github.qqoauth2.bind.QqLogin;

/**
 * Sets defaults for Spring Boot's OAuth2 client properties of {@code qq}, with the lowest
 * precedence. Runs last, after initializers that add properties from other sources.
 */
final class ClientPropertyDefaults implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

	static final String PROPERTY_SOURCE = "qqOAuth2Defaults";

	private static final String CLIENT = "spring.security.oauth2.client.";

	private static final String PROVIDER = CLIENT + "provider." + QqLogin.REGISTRATION_ID + ".";

	private static final String REGISTRATION = CLIENT + "registration." + QqLogin.REGISTRATION_ID + ".";

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		Binder binder = Binder.get(environment);
		Map<String, Object> defaults = new LinkedHashMap<>();
		URI baseUri = value(binder, "base-uri", URI.class);
		putProvider(defaults, (baseUri != null) ? StringUtils.trimTrailingCharacter(baseUri.toString(), '/')
				: "https://graph.qq.com");
		String appId = value(binder, "app-id", String.class);
		if (StringUtils.hasText(appId)) {
			putRegistration(defaults, binder, appId);
		}
		// Boot moves its default properties behind this source, which must not hide them
		defaults.keySet().removeIf((name) -> binder.bind(name, Bindable.listOf(String.class)).isBound());
		environment.getPropertySources().addLast(new MapPropertySource(PROPERTY_SOURCE, defaults));
	}

	private static void putProvider(Map<String, Object> defaults, String baseUri) {
		defaults.put(PROVIDER + "authorization-uri", baseUri + "/oauth2.0/authorize");
		defaults.put(PROVIDER + "token-uri", baseUri + "/oauth2.0/token");
		defaults.put(PROVIDER + "user-info-uri", baseUri + "/user/get_user_info");
		// QQ sends no such field: a login that bypasses the starter's handling of qq
		// fails
		defaults.put(PROVIDER + "user-name-attribute", "account");
	}

	private static void putRegistration(Map<String, Object> defaults, Binder binder, String appId) {
		String appKey = value(binder, "app-key", String.class);
		String redirectUri = value(binder, "redirect-uri", String.class);
		defaults.put(REGISTRATION + "provider", QqLogin.REGISTRATION_ID);
		defaults.put(REGISTRATION + "client-id", appId.strip());
		defaults.put(REGISTRATION + "client-secret", (appKey != null) ? appKey.strip() : "");
		defaults.put(REGISTRATION + "client-name", "QQ");
		defaults.put(REGISTRATION + "client-authentication-method", "client_secret_post");
		defaults.put(REGISTRATION + "authorization-grant-type", "authorization_code");
		defaults.put(REGISTRATION + "redirect-uri",
				(redirectUri != null) ? redirectUri : "{baseUrl}/login/oauth2/code/" + QqLogin.REGISTRATION_ID);
		defaults.put(REGISTRATION + "scope", "get_user_info");
	}

	private static <T> @Nullable T value(Binder binder, String name, Class<T> type) {
		return binder.bind("qq.oauth2." + name, type).orElse(null);
	}

}
