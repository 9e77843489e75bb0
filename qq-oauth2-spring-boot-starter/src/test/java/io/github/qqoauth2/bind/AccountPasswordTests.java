package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class AccountPasswordTests {

	private final MockHttpServletRequest request = LoginFixture.post(LoginPaths.ACCOUNT_PAGE);

	private final Authentication alice = LoginFixture.password("alice");

	private final LoginFixture fixture = new LoginFixture();

	private AccountPassword password(AuthenticationManager manager) {
		return this.fixture.password(manager);
	}

	private AccountPassword failing(AuthenticationException failure) {
		return password((token) -> {
			throw failure;
		});
	}

	@Test
	void isPresentWhenParameterIsMissingOrEmptyThenNot() {
		AccountPassword password = password((token) -> token);
		assertThat(password.isPresent(this.request)).isFalse();
		this.request.setParameter("password", "");
		assertThat(password.isPresent(this.request)).isFalse();
		this.request.setParameter("password", " ");
		assertThat(password.isPresent(this.request)).isTrue();
	}

	@Test
	void checkWhenRightThenNoErrorAndManagerSawTheSignedInUser() {
		List<Authentication> asked = new ArrayList<>();
		this.request.setParameter("username", "bob");
		this.request.setParameter("password", " secret ");
		this.request.setRemoteAddr("192.0.2.7");
		assertThat(password((token) -> {
			asked.add(token);
			return LoginFixture.password("alice");
		}).check(this.request, this.alice)).isNull();
		assertThat(asked).singleElement().satisfies((token) -> {
			assertThat(token.getPrincipal()).isEqualTo("alice");
			assertThat(token.getCredentials()).isEqualTo(" secret ");
			assertThat(token.isAuthenticated()).isFalse();
			assertThat(token.getDetails()).isInstanceOfSatisfying(WebAuthenticationDetails.class,
					(details) -> assertThat(details.getRemoteAddress()).isEqualTo("192.0.2.7"));
		});
	}

	@Test
	void checkWhenManagerAuthenticatesAnotherAccountThenWrongPassword() {
		assertThat(password((token) -> LoginFixture.password("bob")).check(this.request, this.alice))
			.isEqualTo(LoginError.WRONG_PASSWORD);
		assertThat(password((token) -> LoginFixture.password("Alice")).check(this.request, this.alice))
			.isEqualTo(LoginError.WRONG_PASSWORD);
	}

	@Test
	void checkWhenManagerRefusesThenWrongPassword() {
		for (AuthenticationException failure : List.of(new BadCredentialsException("wrong"),
				new UsernameNotFoundException("unknown"), new ProviderNotFoundException("no provider"))) {
			assertThat(failing(failure).check(this.request, this.alice)).isEqualTo(LoginError.WRONG_PASSWORD);
		}
	}

	@Test
	void checkWhenAccountMayNotLogInAndPasswordIsRightThenAccountStatus() {
		this.request.setParameter("password", "alice-password");
		for (AuthenticationException failure : List.of(new LockedException("locked"),
				new AccountExpiredException("expired"))) {
			assertThat(failing(failure).check(this.request, this.alice)).isEqualTo(LoginError.ACCOUNT_STATUS);
		}
	}

	@Test
	void checkWhenAccountsCannotBeReadThenThrowsAndNotCounted() {
		AccountPassword password = failing(new InternalAuthenticationServiceException("down"));
		this.request.getSession();
		for (int i = 0; i < 6; i++) {
			assertThatExceptionOfType(AuthenticationServiceException.class)
				.isThrownBy(() -> password.check(this.request, this.alice))
				.withMessageContaining("http.authenticationManager(..)");
		}
	}

	@Test
	@Tag("T-55")
	void checkWhenFiveAreWrongInSessionThenSixthIsNotChecked() {
		List<Authentication> asked = new ArrayList<>();
		AccountPassword password = password((token) -> {
			asked.add(token);
			throw new BadCredentialsException("wrong");
		});
		this.request.getSession();
		for (int i = 0; i < 5; i++) {
			assertThat(password.check(this.request, this.alice)).isEqualTo(LoginError.WRONG_PASSWORD);
		}
		assertThat(password.check(this.request, this.alice)).isEqualTo(LoginError.PASSWORD_LIMIT);
		this.request.changeSessionId();
		assertThat(password.check(this.request, this.alice)).isEqualTo(LoginError.PASSWORD_LIMIT);
		assertThat(asked).hasSize(5);
		this.request.getSession().invalidate();
		this.request.getSession();
		assertThat(password.check(this.request, this.alice)).isEqualTo(LoginError.WRONG_PASSWORD);
	}

	@Test
	@Tag("T-55")
	void checkWhenSessionHasFailuresOfAnotherNodeThenCounted() {
		this.request.getSession();
		for (int i = 0; i < 5; i++) {
			failing(new BadCredentialsException("wrong")).check(this.request, this.alice);
		}
		assertThat(password((token) -> this.alice).check(this.request, this.alice))
			.isEqualTo(LoginError.PASSWORD_LIMIT);
	}

	@Test
	@Tag("T-55")
	void checkWhenChainHasNoSessionsThenLimitIsOfTheAccount() {
		AccountPassword password = LoginFixture.stateless().password((token) -> {
			throw new BadCredentialsException("wrong");
		});
		for (int i = 0; i < 5; i++) {
			assertThat(password.check(this.request, this.alice)).isEqualTo(LoginError.WRONG_PASSWORD);
		}
		assertThat(password.check(this.request, this.alice)).isEqualTo(LoginError.PASSWORD_LIMIT);
		assertThat(password.check(this.request, LoginFixture.password("bob"))).isEqualTo(LoginError.WRONG_PASSWORD);
	}

	@Test
	void checkWhenManagerThrowsAnythingElseThenThrows() {
		assertThatIllegalStateException().isThrownBy(() -> password((token) -> {
			throw new IllegalStateException("bean");
		}).check(this.request, this.alice));
	}

}
