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
 * The calls that a login with QQ makes from server to server: token, openid, profile.
 * Thread-safe; one instance keeps its connections and its bound on calls under way.
 * <p>
 * Every failure is an exception of Spring Security that carries a {@link QqOAuth2Error}.
 * Nothing that was sent is sent again, a code least of all.
 *
 * @see <a href="https://wiki.connect.qq.com/准备工作_oauth2-0">QQ's documentation</a>
 */
public final class QqClient {

	private static final Log logger = LogFactory.getLog(QqClient.class);

	private final boolean unionId;

	private final Duration loginTimeout;

	private final TokenEndpoint token;

	private final MeEndpoint me;

	private final ProfileEndpoint profile;

	/**
	 * Creates a client.
	 * @param baseUri where QQ Connect is, {@code https://graph.qq.com}; the addresses of
	 * token and profile come from the client registration
	 * @param unionId whether to ask for the unionid, which takes a permission of QQ's and
	 * one call more in each login
	 * @param loginTimeout the time for all calls of one login together. A connection gets
	 * 2 seconds of it at most, a call 3
	 * @param maxConcurrentCalls how many calls may be under way; one more fails at once
	 * @param observations where calls are observed, {@link ObservationRegistry#NOOP} for
	 * nowhere
	 */
	public QqClient(URI baseUri, boolean unionId, Duration loginTimeout, int maxConcurrentCalls,
			ObservationRegistry observations) {
		this(baseUri, unionId, loginTimeout, maxConcurrentCalls, observations, null);
	}

	QqClient(URI baseUri, boolean unionId, Duration loginTimeout, int maxConcurrentCalls,
			ObservationRegistry observations, @Nullable SSLContext tls) {
		Assert.isTrue(!loginTimeout.isZero() && !loginTimeout.isNegative(), "The login timeout must be positive");
		Assert.isTrue(maxConcurrentCalls > 0, "At least one call must be allowed");
		HttpTransport transport = new HttpTransport(maxConcurrentCalls, observations, tls);
		String base = baseUri.toString().replaceFirst("/+$", "");
		this.unionId = unionId;
		this.loginTimeout = loginTimeout;
		this.token = new TokenEndpoint(transport, loginTimeout);
		this.me = new MeEndpoint(transport, base + Step.ME.path());
		this.profile = new ProfileEndpoint(transport, base + Step.GET_USER_INFO.path());
	}

	/**
	 * Returns what exchanges a code for an access token, in one call. The time of the
	 * login begins with it; its end and the openid, where QQ sends it, go on to the other
	 * calls among the additional parameters, as Spring Security passes them. It throws
	 * {@link OAuth2AuthorizationException}.
	 * @return the token client
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3">RFC 6749,
	 * 4.1.3</a>
	 */
	public OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenClient() {
		return this.token;
	}

	/**
	 * Spends a refresh token, which QQ takes once: whoever calls it makes sure that
	 * nobody else does with the same token.
	 * @param client the client whose refresh token is spent
	 * @return the answer, with new tokens
	 * @throws OAuth2AuthorizationException when QQ gives none; the old refresh token may
	 * be spent all the same
	 * @see <a href="https://wiki.connect.qq.com/使用authorization_code获取access_token">QQ on
	 * the token</a>
	 */
	public OAuth2AccessTokenResponse refresh(OAuth2AuthorizedClient client) {
		OAuth2RefreshToken refreshToken = client.getRefreshToken();
		Assert.notNull(refreshToken, "There is no refresh token to spend");
		return this.token.refresh(client.getClientRegistration(), refreshToken, client.getAccessToken().getScopes());
	}

	/**
	 * Tells who logged in: by the openid of the token reply without any call, else by one
	 * call to QQ, whose answer must be for this application. Where the unionid is wanted
	 * QQ is always asked; without the permission the login goes on without it.
	 * @param request the registration, the access token and the additional parameters of
	 * the token reply
	 * @return the identity
	 * @throws OAuth2AuthenticationException when QQ does not say who it is
	 */
	public QqIdentity loadIdentity(OAuth2UserRequest request) {
		return authenticating(() -> identity(request));
	}

	/**
	 * Asks for the profile of a person, in one call. A login needs none of it: callers
	 * may go on without.
	 * @param request the registration, the access token and the additional parameters of
	 * the token reply
	 * @param identity who it is
	 * @return the profile, which may be empty
	 * @throws OAuth2AuthenticationException when the profile cannot be had
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
				logger.warn(ex.getMessage() + "; going on without the unionid");
			}
		}
		return (known != null) ? known : this.me.identity(request, false, deadline);
	}

	// It came in the answer to our own code and secret: it can be nobody else's.
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
