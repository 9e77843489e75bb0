package io.github.qqoauth2.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.jackson.SecurityJacksonModules;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login kept as JSON, as Spring Session over Redis does with Security 7's modules.
 */
class QqUserJsonTests {

	private static SecurityContext login() {
		QqUser user = new QqUser("alice", "{noop}secret", AuthorityUtils.createAuthorityList("ROLE_USER"),
				Map.of("nickname", "小明"));
		user.eraseCredentials();
		return new SecurityContextImpl(new OAuth2AuthenticationToken(user, user.getAuthorities(), "qq"));
	}

	@Test
	void loginWhenWrittenAndReadBySecurity7ThenIsTheSame() {
		ClassLoader loader = QqUserJsonTests.class.getClassLoader();
		BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder();
		QqSecurityJacksonModule module = new QqSecurityJacksonModule();
		module.configurePolymorphicTypeValidator(types);
		List<JacksonModule> modules = new ArrayList<>(SecurityJacksonModules.getModules(loader, types));
		modules.add(module);
		JsonMapper mapper = JsonMapper.builder().addModules(modules).build();

		String json = mapper.writeValueAsString(login());
		assertThat(json).contains(QqUser.class.getName()).doesNotContain("secret");
		SecurityContext read = mapper.readValue(json, SecurityContext.class);
		assertThat(read).isEqualTo(login());
		assertThat(read.getAuthentication()).isNotNull()
			.satisfies((authentication) -> assertThat(authentication.getPrincipal()).isInstanceOfSatisfying(
					QqUser.class, (user) -> assertThat(user.getAttributes()).containsEntry("nickname", "小明")));
	}

}
