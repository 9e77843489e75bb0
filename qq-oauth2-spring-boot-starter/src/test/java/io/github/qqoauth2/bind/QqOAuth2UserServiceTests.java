package io.github.qqoauth2.bind;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.user.OAuth2User;

import io.github.qqoauth2.client.QqOAuth2Error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class QqOAuth2UserServiceTests {

	private static final String OPENID = "6B1F38ABB8E76CDA577251D321D88CAF";

	private static final String ME = "/oauth2.0/me";

	private static final String PROFILE = "/user/get_user_info";

	private static final Map<String, Object> TOKEN_REPLY = Map.of("openid", OPENID);

	private static QqOAuth2User load(QqReplies qq, Map<String, Object> tokenReply) {
		OAuth2User user = new QqOAuth2UserService(qq.client()).loadUser(qq.userRequest(tokenReply));
		assertThat(user).isInstanceOf(QqOAuth2User.class);
		return (QqOAuth2User) user;
	}

	@Test
	void loadUserWhenTokenReplyHasOpenidThenIdentityWithoutAskingQq() {
		try (QqReplies qq = new QqReplies(Map.of())) {
			QqOAuth2User user = load(qq, TOKEN_REPLY);
			assertThat(user.identity().openid()).isEqualTo(OPENID);
			assertThat(user.identity().appId()).isEqualTo("101");
			assertThat(qq.requests()).isEmpty();
		}
	}

	@Test
	void loadUserWhenTokenReplyHasNoOpenidThenQqIsAsked() {
		try (QqReplies qq = new QqReplies(Map.of(ME, "{\"client_id\":\"101\",\"openid\":\"" + OPENID + "\"}"))) {
			assertThat(load(qq, Map.of()).identity().openid()).isEqualTo(OPENID);
			assertThat(qq.requests()).containsExactly(ME);
		}
	}

	@Test
	void loadUserWhenQqAuthenticatesNoIdentityThenThrows() {
		try (QqReplies qq = new QqReplies(Map.of(ME, "{\"error\":100013,\"error_description\":\"invalid\"}"))) {
			assertThatExceptionOfType(OAuth2AuthenticationException.class).isThrownBy(() -> load(qq, Map.of()))
				.satisfies((ex) -> assertThat(ex.getError()).isInstanceOfSatisfying(QqOAuth2Error.class, (error) -> {
					assertThat(error.getQqCode()).isEqualTo(100013);
					assertThat(error.getErrorCode()).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
				}));
		}
	}

	@Test
	void loadProfileWhenQqRepliesThenProfileAskedForOnce() {
		try (QqReplies qq = new QqReplies(Map.of(PROFILE, "{\"ret\":0,\"nickname\":\"小明\"}"))) {
			QqOAuth2User user = load(qq, TOKEN_REPLY);
			assertThat(Objects.requireNonNull(user.loadProfile()).nickname()).isEqualTo("小明");
			assertThat(user.loadProfile()).isSameAs(user.loadProfile());
			assertThat(qq.requests()).containsExactly(PROFILE);
		}
	}

	@Test
	void loadProfileWhenQqRefusesThenNoneAndAskedForOnce(CapturedOutput output) {
		try (QqReplies qq = new QqReplies(Map.of(PROFILE, "{\"ret\":1001,\"msg\":\"text of QQ\"}"))) {
			QqOAuth2User user = load(qq, TOKEN_REPLY);
			assertThat(user.loadProfile()).isNull();
			assertThat(user.loadProfile()).isNull();
			assertThat(qq.requests()).containsExactly(PROFILE);
			assertThat(output).containsOnlyOnce("QQ_USERINFO_SKIPPED").contains("1001").doesNotContain("text of QQ");
		}
	}

	@Test
	void loadUserWhenLoadedThenUserShowsNothingPersonal() {
		try (QqReplies qq = new QqReplies(Map.of())) {
			QqOAuth2User user = load(qq, TOKEN_REPLY);
			assertThat(user.getName()).isEqualTo("qq");
			assertThat(user.getAttributes()).isEmpty();
			assertThat(user.getAuthorities()).isEmpty();
			assertThat(user).asString().doesNotContain(OPENID);
		}
	}

}
