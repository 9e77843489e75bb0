package io.github.qqoauth2.account;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.core.user.OAuth2User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QqUserTests {

	private static final QqAccountBinding BINDING = new QqAccountBinding("101", "AAAA", "alice", "UID_1", "小明",
			"https://thirdqq.qlogo.cn/g?s=100", "男", Instant.EPOCH, false, Instant.EPOCH, Instant.EPOCH);

	@Test
	@Tag("T-20")
	void ofWhenBoundThenAttributesAreTheProfileAndNoIdentifier() {
		OAuth2User user = QqUser.of(User.withUsername("alice").password("p").authorities("A").build(), BINDING);
		assertThat(user.getAttributes())
			.isEqualTo(Map.of("nickname", "小明", "avatarUrl", "https://thirdqq.qlogo.cn/g?s=100", "gender", "男"));
		assertThat(user.getName()).isEqualTo("alice");
		assertThat(user.getAuthorities()).hasToString("[A]");
	}

	@Test
	void attributesWhenChangedThenRefused() {
		QqUser user = new QqUser("alice", "p", List.of(), Map.of("nickname", "小明"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> user.getAttributes().put("nickname", "admin"));
	}

	@Test
	void passwordWhenErasedBeforeThenStaysErased() {
		assertThat(new QqUser("alice", null, List.of(), Map.of()).getPassword()).isNull();
		assertThat(new QqUser("alice", "p", List.of(), Map.of()).getPassword()).isEqualTo("p");
	}

}
