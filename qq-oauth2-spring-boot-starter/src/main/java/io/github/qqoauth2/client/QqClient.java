package io.github.qqoauth2.client;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.util.Assert;

/**
 * Client for the server-to-server calls of a QQ login: token, openid and profile.
 * Thread-safe. Each instance has its own connections and its own limit of concurrent
 * calls.
 * <p>
 * Every failure is an exception of Spring Security with a {@link QqOAuth2Error}. A
 * request that has been sent is never repeated, since a code can be used only once.
 *
 * @see <a href="https://wiki.connect.qq.com/准备工作_oauth2-0">QQ's documentation</a>
 */
public final class QqClient {

	private static final Log logger = LogFactory.getLog(QqClient.class);

	private final boolean unionId;

	private final Duration loginTimeout;

	private final HttpTransport transport;

	private final TokenEndpoint token;

	private final MeEndpoint me;

	private final ProfileEndpoint profile;

	/**
	 * Creates a client.
	 * @param baseUri the base URI of QQ Connect, {@code https://graph.qq.com}, for the
	 * openid; the endpoints for token and profile are those of the client registration
	 * @param unionId whether to request the unionid, which requires a permission from QQ
	 * and an additional call
	 * @param loginTimeout the time for all calls of one login together; connecting takes
	 * at most 3.5 seconds of it, and each reply at most 3
	 * @param maxConcurrentCalls the maximum number of concurrent calls; a further call
	 * fails immediately
	 * @param observations the registry for observations of the calls, or
	 * {@link ObservationRegistry#NOOP} for none
	 */
	public QqClient(URI baseUri, boolean unionId, Duration loginTimeout, int maxConcurrentCalls,
			ObservationRegistry observations) {
		this(baseUri, unionId, loginTimeout, maxConcurrentCalls, observations, null);
	}

	QqClient(URI baseUri, boolean unionId, Duration loginTimeout, int maxConcurrentCalls,
			ObservationRegistry observations, @Nullable SSLContext tls) {
		Assert.isTrue(!loginTimeout.isZero() && !loginTimeout.isNegative(), "The login timeout must be positive");
		Assert.isTrue(maxConcurrentCalls > 0, "The maximum number of concurrent calls must be positive");
		this.transport = new HttpTransport(maxConcurrentCalls, observations, tls);
		String base = baseUri.toString().replaceFirst("/+$", "");
		this.unionId = unionId;
		this.loginTimeout = loginTimeout;
		this.token = new TokenEndpoint(this.transport, loginTimeout);
		this.me = new MeEndpoint(this.transport, base + Step.ME.path());
		this.profile = new ProfileEndpoint(this.transport, base + Step.GET_USER_INFO.path());
	}

	/**
	 * Loads what the first call needs, so that it is not slower than the others. Does not
	 * call QQ and throws no exception. The starter calls this in the background once the
	 * application is ready.
	 */
	public void warmUp() {
		try {
			this.transport.warmUp();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			logger.debug("The first call to QQ will be slower", ex);
		}
	}

	/**
	 * Returns the client that exchanges an authorization code for an access token, in one
	 * call. The login timeout starts with this call. The additional parameters of the
	 * token response, which Spring Security passes on, carry the deadline and, if QQ
	 * sends it, the openid to the later calls. The client throws
	 * {@link OAuth2AuthorizationException}.
	 * @return the token client
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3">RFC 6749,
	 * 4.1.3</a>
	 */
	public OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenClient() {
		return this.token;
	}

	/**
	 * Gets new tokens for a refresh token. QQ accepts a refresh token only once, so the
	 * caller must prevent concurrent calls with the same token.
	 * @param client the authorized client whose refresh token is used
	 * @return the token response
	 * @throws OAuth2AuthorizationException if QQ returns no tokens; the refresh token may
	 * be used up nevertheless
	 * @see <a href="https://wiki.connect.qq.com/使用authorization_code获取access_token">QQ on
	 * the token</a>
	 */
	public OAuth2AccessTokenResponse refresh(OAuth2AuthorizedClient client) {
		OAuth2RefreshToken refreshToken = client.getRefreshToken();
		Assert.notNull(refreshToken, "A refresh token is required");
		return this.token.refresh(client.getClientRegistration(), refreshToken, client.getAccessToken().getScopes());
	}

	/**
	 * Loads the identity of the user who logged in. If the token reply contains the
	 * openid, no call is made; otherwise one call to QQ, whose reply must be for this
	 * application. If the unionid is requested, QQ is always called; if QQ does not grant
	 * the unionid, the login continues without it.
	 * @param request the registration, the access token and the additional parameters of
	 * the token reply
	 * @return the identity
	 * @throws OAuth2AuthenticationException if QQ does not return the identity
	 */
	public QqIdentity loadIdentity(OAuth2UserRequest request) {
		return authenticating(() -> identity(request));
	}

	/**
	 * Loads the profile of an identity, in one call. A login does not need the profile,
	 * so callers may continue if this fails.
	 * @param request the registration, the access token and the additional parameters of
	 * the token reply
	 * @param identity the identity
	 * @return the profile, which may be empty
	 * @throws OAuth2AuthenticationException if the profile cannot be loaded
	 */
	public QqProfile loadProfile(OAuth2UserRequest request, QqIdentity identity) {
		return authenticating(() -> this.profile.profile(request, identity, deadline(request)));
	}

	private QqIdentity identity(OAuth2UserRequest request) {
		Deadline deadline = deadline(request);
		QqIdentity known = identityOfToken(request);
		if (this.unionId) {
			try {
				return this.me.identity(request, true, deadline);
			}
			catch (OAuth2AuthorizationException ex) {
				if (!isUnionidNotGranted(ex.getError())) {
					throw ex;
				}
				logger.warn(ex.getMessage() + "; continuing without the unionid");
			}
		}
		return (known != null) ? known : this.me.identity(request, false, deadline);
	}

	// No audience check: the token reply answers this application's own code and secret.
	private static @Nullable QqIdentity identityOfToken(OAuth2UserRequest request) {
		Object openid = request.getAdditionalParameters().get(TokenEndpoint.OPENID);
		return (openid instanceof String text && QqIdentity.isValid(text))
				? new QqIdentity(request.getClientRegistration().getClientId(), text, null) : null;
	}

	private static boolean isUnionidNotGranted(OAuth2Error error) {
		return error instanceof QqOAuth2Error qq
				&& Integer.valueOf(ErrorNumber.UNIONID_NOT_GRANTED.number()).equals(qq.getQqCode());
	}

	private Deadline deadline(OAuth2UserRequest request) {
		return Deadline.from(request.getAdditionalParameters(), this.loginTimeout);
	}

	private static <T> T authenticating(Supplier<T> call) {
		try {
			return call.get();
		}
		catch (OAuth2AuthorizationException ex) {
			throw new OAuth2AuthenticationException(ex.getError(), ex.getMessage(), ex.getCause());
		}
	}

}
