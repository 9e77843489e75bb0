package io.github.qqoauth2.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

import io.github.qqoauth2.simulator.QqApp;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqNetwork;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;
import io.github.qqoauth2.simulator.QqSimulatorBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of complete logins against the simulator, which validates requests as QQ does.
 */
class QqSimulatorConversationTests {

	private static final QqPerson PERSON = QqPerson.PANDA;

	private final QqSimulator simulator = new QqSimulatorBuilder().tls(true).start();

	private final ClientRegistration registration = QqLogins.registration(this.simulator.url().toString(),
			QqSimulator.APP_ID, QqSimulator.APP_KEY);

	private final QqClient client = client(false);

	private QqClient client(boolean unionId) {
		return new QqClient(this.simulator.url(), unionId, Duration.ofSeconds(6), 100, ObservationRegistry.NOOP,
				this.simulator.clientSslContext());
	}

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	private String approve(ClientRegistration of) {
		this.simulator.addApp(new QqApp(QqSimulator.APP_ID, QqSimulator.APP_KEY, Set.of(QqLogins.REDIRECT_URI), false));
		URI authorize = URI
			.create(this.simulator.url() + "/oauth2.0/authorize?response_type=code&client_id=" + of.getClientId()
					+ "&state=s&redirect_uri=" + UriUtils.encode(QqLogins.REDIRECT_URI, StandardCharsets.UTF_8));
		String code = UriComponentsBuilder.fromUri(this.simulator.approve(authorize, PERSON))
			.build()
			.getQueryParams()
			.getFirst("code");
		this.simulator.clearRequests();
		return Objects.requireNonNull(code);
	}

	private OAuth2AccessTokenResponse token(QqClient with) {
		return with.tokenClient().getTokenResponse(QqLogins.grant(this.registration, approve(this.registration)));
	}

	@Test
	void loginWhenTokenReplyHasOpenidThenOneCallAndOneForProfile() {
		OAuth2UserRequest request = QqLogins.userRequest(this.registration, token(this.client));
		QqIdentity identity = this.client.loadIdentity(request);
		assertThat(identity).isEqualTo(new QqIdentity(QqSimulator.APP_ID, PERSON.openid(QqSimulator.APP_ID), null));
		assertThat(this.simulator.requests()).hasSize(1);
		assertThat(this.client.loadProfile(request, identity).nickname()).isEqualTo("🐼🎋");
		assertThat(this.simulator.requests()).hasSize(2);
	}

	@Test
	void loginWhenNeedOpenidIsIgnoredThenCallsMe() {
		this.simulator.needOpenid(false);
		OAuth2UserRequest request = QqLogins.userRequest(this.registration, token(this.client));
		assertThat(this.client.loadIdentity(request).openid()).isEqualTo(PERSON.openid(QqSimulator.APP_ID));
		assertThat(this.simulator.requests(QqEndpoint.ME)).hasSize(1);
	}

	@Test
	void loginWhenUnionidIsNotGrantedThenIdentityWithoutUnionid() {
		QqClient union = client(true);
		OAuth2UserRequest request = QqLogins.userRequest(this.registration, token(union));
		assertThat(union.loadIdentity(request).unionid()).isNull();
		assertThat(this.simulator.requests(QqEndpoint.ME)).hasSize(1);
	}

	@Tag("T-17")
	@Test
	void tokenWhenCodeIsReplayedThenLoginExpired() {
		String code = approve(this.registration);
		this.client.tokenClient().getTokenResponse(QqLogins.grant(this.registration, code));
		QqFailure failure = QqFailure
			.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(this.registration, code)));
		assertThat(failure.number()).isIn(100019, 100020);
		assertThat(failure.code()).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
		assertThat(this.simulator.requests(QqEndpoint.TOKEN)).hasSize(2);
	}

	@Test
	void tokenWhenAppKeyIsWrongThenMisconfigured() {
		ClientRegistration wrong = QqLogins.registration(this.simulator.url().toString(), QqSimulator.APP_ID, "wrong");
		String code = approve(wrong);
		QqFailure failure = QqFailure.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(wrong, code)));
		assertThat(failure.code()).isEqualTo(QqOAuth2Error.MISCONFIGURED);
	}

	@Test
	void tokenWhenReplyIsAGzipBombThenRefused() {
		this.simulator.enqueue(QqEndpoint.TOKEN, QqReply.gzipBomb(1_000_000_000L));
		assertThat(QqFailure.of(() -> token(this.client)).fault()).isIn(Fault.QQ_TOO_LARGE, Fault.QQ_NOT_PROTOCOL);
	}

	@Test
	void tokenWhenTlsConnectionIsResetOrClosedThenCodeIsSentOnce() {
		for (QqReply broken : new QqReply[] { QqReply.reset(), QqReply.normal().cutAfter(0),
				QqReply.normal().cutAfter(30), QqReply.normal().resetAfter(30) }) {
			this.simulator.clearRequests();
			this.simulator.enqueue(QqEndpoint.TOKEN, broken);
			assertThat(QqFailure.of(() -> token(this.client)).code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
			assertThat(this.simulator.requests(QqEndpoint.TOKEN)).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.MATCH_ANY, names = "TLS_.*")
	void tokenWhenTlsFailsThenNothingIsSent(QqNetwork network) {
		String code = approve(this.registration);
		this.simulator.network(network);
		long start = System.nanoTime();
		QqFailure failure = QqFailure
			.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(this.registration, code)));
		assertThat(failure.fault())
			.isIn((network != QqNetwork.TLS_STALL) ? Set.of(Fault.QQ_TLS) : Set.of(Fault.QQ_CONNECT_TIMEOUT));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void tokenWhenCertificateAuthorityIsNotTrustedThenTlsFault() {
		QqClient stock = new QqClient(this.simulator.url(), false, Duration.ofSeconds(6), 100,
				ObservationRegistry.NOOP);
		assertThat(QqFailure.of(() -> token(stock)).fault()).isEqualTo(Fault.QQ_TLS);
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void tokenWhenQqIsReachableAgainThenSucceeds() {
		this.simulator.network(QqNetwork.REFUSED);
		String code = approve(this.registration);
		assertThat(
				QqFailure.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(this.registration, code)))
					.fault())
			.isEqualTo(Fault.QQ_CONNECT);
		this.simulator.network(QqNetwork.UP);
		assertThat(token(this.client)).isNotNull();
	}

}
