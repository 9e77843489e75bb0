package io.github.qqoauth2.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the QQ login. Scope, client name and endpoints are Spring's own, under
 * {@code spring.security.oauth2.client.registration.qq} and
 * {@code spring.security.oauth2.client.provider.qq}.
 *
 * @param appId The application's id at QQ Connect. Without it the starter does nothing.
 * @param appKey The application's key at QQ Connect.
 * @param redirectUri Address that QQ sends visitors back to. It must equal one that is
 * registered at QQ Connect.
 * @param baseUri Where QQ Connect is. Plain http is accepted for loopback addresses only.
 * @param bindPage Path that a QQ without an account is sent to. Set to the site's own
 * login page to bind at the next login.
 * @param autoRegister Whether a QQ without an account gets one without being asked, from
 * the application's QqAccountRegistrar.
 * @param pendingTimeout How long a QQ without an account waits for one.
 * @param profileMaxAge How old a stored QQ profile may be before a login fetches it
 * again.
 * @param unionId Whether to ask for the unionid, which QQ must have granted to the
 * application.
 * @param loginTimeout Time for all calls to QQ of one login together.
 * @param maxConcurrentCalls How many calls to QQ may be under way at once. Logins above
 * it are answered at once with the error page.
 * @param tokenEncryptionKeys AES keys of 256 bits in Base64, with which QQ's tokens are
 * kept in the database. The first encrypts, all decrypt. Without keys no token is kept.
 * @param ticketKey AES key of 256 bits in Base64, for the cookies that carry a login in
 * filter chains without sessions. Needed there and nowhere else.
 * @param jdbc Settings of the default store.
 */
@ConfigurationProperties("qq.oauth2")
public record QqOAuth2Properties(@Nullable String appId, @Nullable String appKey,
		@DefaultValue("{baseUrl}/login/oauth2/code/qq") String redirectUri,
		@DefaultValue("https://graph.qq.com") URI baseUri, @DefaultValue("/login/qq/bind") String bindPage,
		@DefaultValue("false") boolean autoRegister, @DefaultValue("5m") Duration pendingTimeout,
		@DefaultValue("7d") Duration profileMaxAge, @DefaultValue("false") boolean unionId,
		@DefaultValue("6s") Duration loginTimeout, @DefaultValue("100") int maxConcurrentCalls,
		@DefaultValue List<String> tokenEncryptionKeys, @Nullable String ticketKey, @DefaultValue Jdbc jdbc) {

	/**
	 * Names neither id nor key.
	 */
	@Override
	public String toString() {
		return "QqOAuth2Properties[baseUri=" + this.baseUri + ", bindPage=" + this.bindPage + "]";
	}

	/**
	 * Settings of the default store.
	 *
	 * @param initializeSchema When to create the table at start-up.
	 */
	public record Jdbc(@DefaultValue("embedded") InitializeSchema initializeSchema) {

		/**
		 * When the table is created.
		 */
		public enum InitializeSchema {

			/** At every start, where it is missing. */
			ALWAYS,

			/** Only in a database in memory. */
			EMBEDDED,

			/** Never: by a migration, with the script that the jar brings. */
			NEVER

		}

	}

}
