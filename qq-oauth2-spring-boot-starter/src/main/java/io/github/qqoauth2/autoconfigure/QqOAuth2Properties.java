package io.github.qqoauth2.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the QQ login. Scope, client name and endpoints are properties of Spring
 * Boot under {@code spring.security.oauth2.client.registration.qq} and
 * {@code spring.security.oauth2.client.provider.qq}.
 *
 * @param appId The application's id at QQ Connect. QQ login is disabled without it.
 * @param appKey The application's key at QQ Connect.
 * @param redirectUri Address that QQ redirects visitors to. It must equal one that is
 * registered at QQ Connect.
 * @param baseUri Base URI of QQ Connect. Plain http is accepted only for loopback
 * addresses.
 * @param bindPage Path that visitors with an unbound QQ identity are redirected to. Set
 * it to the site's own login page to bind at the next login.
 * @param autoRegister Whether to create an account for an unbound QQ identity without a
 * form, using the application's QqAccountRegistrar.
 * @param pendingTimeout How long a pending binding is valid, and a login counts as proof
 * of the account.
 * @param profileMaxAge Maximum age of a stored QQ profile before a login fetches it
 * again.
 * @param unionId Whether to request the unionid, which requires a permission from QQ.
 * @param loginTimeout Time for all calls to QQ of one login together.
 * @param maxConcurrentCalls Maximum number of concurrent calls to QQ. Further logins fail
 * immediately with the error page.
 * @param tokenEncryptionKeys AES keys of 256 bits in Base64 for storing QQ's tokens in
 * the database. The first encrypts, all decrypt. Without keys no tokens are stored.
 * @param ticketKey AES key of 256 bits in Base64 for the cookies that carry a login in
 * filter chains without sessions. Required only by such chains.
 * @param accountPasswords Whether accounts have passwords. By default detected from the
 * authentication manager of each filter chain.
 * @param jdbc Settings of the default store.
 */
@ConfigurationProperties("qq.oauth2")
public record QqOAuth2Properties(@Nullable String appId, @Nullable String appKey,
		@DefaultValue("{baseUrl}/login/oauth2/code/qq") String redirectUri,
		@DefaultValue("https://graph.qq.com") URI baseUri, @DefaultValue("/login/qq/bind") String bindPage,
		@DefaultValue("false") boolean autoRegister, @DefaultValue("5m") Duration pendingTimeout,
		@DefaultValue("7d") Duration profileMaxAge, @DefaultValue("false") boolean unionId,
		@DefaultValue("6s") Duration loginTimeout, @DefaultValue("100") int maxConcurrentCalls,
		@DefaultValue List<String> tokenEncryptionKeys, @Nullable String ticketKey, @Nullable Boolean accountPasswords,
		@DefaultValue Jdbc jdbc) {

	/**
	 * Omits the app id and all keys.
	 */
	@Override
	public String toString() {
		return "QqOAuth2Properties[baseUri=" + this.baseUri + ", bindPage=" + this.bindPage + "]";
	}

	/**
	 * Settings of the default store.
	 *
	 * @param initializeSchema When to create missing tables at start-up.
	 */
	public record Jdbc(@DefaultValue("embedded") InitializeSchema initializeSchema) {

		/**
		 * When missing tables are created.
		 */
		public enum InitializeSchema {

			/** At every start, in any supported database. */
			ALWAYS,

			/** Only in an in-memory H2 database. */
			EMBEDDED,

			/** Never; a migration runs the scripts in the jar. */
			NEVER

		}

	}

}
