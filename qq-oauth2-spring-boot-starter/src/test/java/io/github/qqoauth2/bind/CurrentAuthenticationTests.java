package io.github.qqoauth2.bind;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;

class CurrentAuthenticationTests {

	private final LoginFixture fixture = new LoginFixture();

	private final CurrentAuthentication current = this.fixture.currentAuthentication;

	private final CurrentAuthentication stateless = new CurrentAuthentication(this.fixture.contexts, true);

	private final MockHttpServletRequest request = LoginFixture.get("/account/qq");

	private static LoginCallback callback(Map<String, Object> attributes) {
		return new LoginCallback("STATE", "CODE", LoginFixture.authorizationRequest("STATE", attributes));
	}

	private void inSession(Object context) {
		Objects.requireNonNull(this.request.getSession())
			.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, context);
	}

	@Test
	void getWhenSignedInOrRememberedThenThatUser() {
		Authentication alice = LoginFixture.password("alice");
		this.fixture.signIn(alice);
		assertThat(this.current.get()).isSameAs(alice);
		Authentication remembered = LoginFixture.remembered("bob");
		this.fixture.signIn(remembered);
		assertThat(this.current.get()).isSameAs(remembered);
	}

	@Test
	void getWhenAnonymousOrUnauthenticatedThenNone() {
		assertThat(this.current.get()).isNull();
		this.fixture.signIn(new AnonymousAuthenticationToken("key", "anonymous",
				AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
		assertThat(this.current.get()).isNull();
		this.fixture.signIn(UsernamePasswordAuthenticationToken.unauthenticated("alice", "secret"));
		assertThat(this.current.get()).isNull();
	}

	@Test
	void contextWhenRestoredOrClearedThenThatOne() {
		SecurityContext before = this.fixture.signIn(LoginFixture.password("alice"));
		assertThat(this.current.context()).isSameAs(before);
		this.current.clear();
		assertThat(this.current.context()).isNotSameAs(before);
		assertThat(this.current.get()).isNull();
		assertThat(before.getAuthentication()).as("not emptied itself").isNotNull();
		this.current.restore(before);
		assertThat(this.current.context()).isSameAs(before);
	}

	@Test
	void atWhenChainHasSessionsThenTheSignedInUserWhateverTheRequestNames() {
		LoginCallback named = callback(Map.of(QqAuthorizationRequest.ACCOUNT, "bob"));
		assertThat(this.current.at(named)).isNull();
		Authentication alice = LoginFixture.password("alice");
		this.fixture.signIn(alice);
		assertThat(this.current.at(named)).isSameAs(alice);
	}

	@Test
	void atWhenStatelessThenTheAccountThatTheTicketNames() {
		SecurityContext before = this.fixture.signIn(LoginFixture.password("alice"));
		Authentication named = this.stateless.at(callback(Map.of(QqAuthorizationRequest.ACCOUNT, "bob")));
		assertThat(named).isNotNull();
		assertThat(named.getName()).isEqualTo("bob");
		assertThat(named.getAuthorities()).isEmpty();
		assertThat(named.getCredentials()).isNull();
		assertThat(named.isAuthenticated()).isTrue();
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(Objects.requireNonNull(before.getAuthentication()).getName()).isEqualTo("alice");
	}

	@Test
	void atWhenStatelessAndTicketNamesNoAccountThenTheSignedInUser() {
		assertThat(this.stateless.at(callback(Map.of()))).isNull();
		assertThat(this.stateless.at(new LoginCallback("STATE", "CODE", null))).isNull();
		Authentication alice = LoginFixture.password("alice");
		this.fixture.signIn(alice);
		assertThat(this.stateless.at(callback(Map.of()))).isSameAs(alice);
		assertThat(this.stateless.at(new LoginCallback("STATE", "CODE", null))).isSameAs(alice);
	}

	@Test
	void inSessionWhenSessionHoldsTheAccountThenItsAuthentication() {
		inSession(new SecurityContextImpl(LoginFixture.password("alice")));
		assertThat(this.current.inSession(this.request, LoginFixture.password("alice"))).isNotNull();
		assertThat(this.current.inSession(this.request, LoginFixture.password("bob"))).isNull();
		assertThat(this.current.inSession(this.request, LoginFixture.password("Alice"))).isNull();
	}

	@Test
	void inSessionWhenSessionHoldsNoLoginThenNull() {
		Authentication alice = LoginFixture.password("alice");
		this.fixture.signIn(alice);
		assertThat(this.current.inSession(this.request, alice)).isNull();
		assertThat(this.request.getSession(false)).isNull();
		this.request.getSession();
		assertThat(this.current.inSession(this.request, alice)).isNull();
		inSession("alice");
		assertThat(this.current.inSession(this.request, alice)).isNull();
		inSession(new SecurityContextImpl());
		assertThat(this.current.inSession(this.request, alice)).isNull();
	}

	@Test
	void isByOtherMeansWhenNotInteractiveThenTrue() {
		assertThat(this.current.isByOtherMeans(LoginFixture.remembered("alice"))).isTrue();
		assertThat(this.current.isByOtherMeans(LoginFixture.password("alice"))).isFalse();
		assertThat(this.current.isByOtherMeans(new PreAuthenticatedAuthenticationToken("alice", "", List.of())))
			.isTrue();
		Authentication admin = LoginFixture.password("bob");
		assertThat(this.current.isByOtherMeans(UsernamePasswordAuthenticationToken.authenticated("alice", null,
				List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", admin)))))
			.isTrue();
	}

}
