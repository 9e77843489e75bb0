package io.github.qqoauth2.bind;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.springframework.security.core.authority.FactorGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

class LoginFactorTests {

	@Test
	void ofThenFactorOfAuthorizationCodeAlone() {
		Instant before = Instant.now();
		assertThat(new LoginFactor().of(LoginFixture.IDENTITY)).singleElement()
			.isInstanceOfSatisfying(FactorGrantedAuthority.class, (factor) -> {
				assertThat(factor.getAuthority()).isEqualTo(FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY);
				assertThat(factor.getIssuedAt()).isBetween(before, Instant.now());
			});
	}

}
