package io.github.qqoauth2.boot3;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.jackson2.SecurityJackson2Modules;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;

import io.github.qqoauth2.account.QqUser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login kept as JSON, as Spring Session over Redis does with Security 6.5's modules and
 * none of ours.
 */
class QqUserJsonTests {

	@Test
	void loginWhenWrittenAndReadBySecurity6ThenIsTheSame() throws Exception {
		ObjectMapper mapper = new ObjectMapper();
		mapper.registerModules(SecurityJackson2Modules.getModules(getClass().getClassLoader()));
		String json = mapper.writeValueAsString(login());
		assertThat(json).contains(QqUser.class.getName()).doesNotContain("secret");
		SecurityContext read = mapper.readValue(json, SecurityContext.class);
		assertThat(read).isEqualTo(login());
		assertThat(read.getAuthentication().getPrincipal()).isInstanceOfSatisfying(QqUser.class,
				(user) -> assertThat(user.getAttributes()).containsEntry("nickname", "小明"));
	}

	private static SecurityContext login() {
		QqUser user = new QqUser("alice", "{noop}secret", AuthorityUtils.createAuthorityList("ROLE_USER"),
				Map.of("nickname", "小明"));
		user.eraseCredentials();
		return new SecurityContextImpl(new OAuth2AuthenticationToken(user, user.getAuthorities(), "qq"));
	}

}
