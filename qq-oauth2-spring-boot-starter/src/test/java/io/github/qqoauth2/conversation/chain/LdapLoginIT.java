package io.github.qqoauth2.conversation.chain;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Map;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.ldap.core.DirContextOperations;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.ldap.DefaultSpringSecurityContextSource;
import org.springframework.security.ldap.authentication.BindAuthenticator;
import org.springframework.security.ldap.authentication.LdapAuthenticationProvider;
import org.springframework.security.ldap.search.FilterBasedLdapUserSearch;
import org.springframework.security.ldap.userdetails.LdapUserDetailsMapper;
import org.springframework.security.ldap.userdetails.LdapUserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Accounts in a directory, which alone checks passwords. A pending binding is confirmed
 * after the next directory login.
 */
class LdapLoginIT {

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	private static final InMemoryDirectoryServer directory = directory();

	private static final Application application = Application.with(qq)
		.source(DirectorySite.class)
		.property("qq.oauth2.bind-page", "/login")
		.start();

	private final Visit visit = new Visit(application, qq);

	private static InMemoryDirectoryServer directory() {
		try {
			InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=site,dc=test");
			config.setListenerConfigs(
					InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
			InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
			server.add("dn: dc=site,dc=test", "objectClass: domain", "dc: site");
			server.add("dn: uid=alice,dc=site,dc=test", "objectClass: inetOrgPerson", "uid: alice", "cn: Alice",
					"sn: Alice", "userPassword: alice-password");
			server.startListening();
			return server;
		}
		catch (LDAPException | LDIFException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	static void stop() {
		application.close();
		directory.shutDown(true);
		qq.close();
	}

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.resetClock();
		qq.reset();
	}

	@Test
	void confirmationWhenLoggedInByDirectoryThenBound() {
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login");
		assertThat(this.visit.login("alice", "wrong").location()).isEqualTo("/login?error");
		assertThat(this.visit.login("alice", "alice-password").location()).startsWith("/account/qq");
		assertThat(application.bindings()).isEmpty();
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?")
			.doesNotContain("name=\"password\"");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).location()).isEqualTo("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		Visit again = new Visit(application, qq);
		assertThat(again.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(again.browser().get("").body()).isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_STAFF]");
	}

	/**
	 * A directory ignores the case of a name. The account is named as in the directory.
	 */
	@Test
	void confirmationWhenUsernameDiffersInCaseThenSameAccount() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.login("ALICE", "alice-password");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		this.visit.browser().submit(confirmation, "account/qq", Map.of());
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "wrong" })
	void unlinkWhenPasswordIsNotOfDirectoryThenRefused(String password) {
		this.visit.login("alice", "alice-password");
		application.ageLogins();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of("password", password)).status())
			.isEqualTo(403);
		assertThat(application.bindings()).isEmpty();
		this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "alice-password"));
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		Browser.Page page = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", password)).status())
			.isEqualTo(403);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "alice-password"));
		assertThat(application.bindings()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class DirectorySite {

		@Bean
		DefaultSpringSecurityContextSource contextSource() {
			return new DefaultSpringSecurityContextSource(
					"ldap://127.0.0.1:" + directory.getListenPort() + "/dc=site,dc=test");
		}

		@Bean
		LdapAuthenticationProvider directoryLogin(DefaultSpringSecurityContextSource contextSource) {
			BindAuthenticator authenticator = new BindAuthenticator(contextSource);
			authenticator.setUserSearch(new FilterBasedLdapUserSearch("", "(uid={0})", contextSource));
			LdapAuthenticationProvider login = new LdapAuthenticationProvider(authenticator,
					(user, name) -> AuthorityUtils.createAuthorityList("ROLE_STAFF"));
			login.setUserDetailsContextMapper(new DirectoryNameMapper());
			return login;
		}

		@Bean
		QqAccountLoader accounts(DefaultSpringSecurityContextSource contextSource) {
			LdapUserDetailsService users = new LdapUserDetailsService(
					new FilterBasedLdapUserSearch("", "(uid={0})", contextSource),
					(user, name) -> AuthorityUtils.createAuthorityList("ROLE_STAFF"));
			users.setUserDetailsMapper(new DirectoryNameMapper());
			return QqAccountLoader.from(users);
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

		@Bean
		Site.Pages pages() {
			return new Site.Pages();
		}

	}

	/**
	 * Takes the name from the directory. The default mapper keeps the submitted one.
	 */
	static class DirectoryNameMapper extends LdapUserDetailsMapper {

		@Override
		public UserDetails mapUserFromContext(DirContextOperations user, String submitted,
				Collection<? extends GrantedAuthority> authorities) {
			return super.mapUserFromContext(user, String.valueOf(user.getStringAttribute("uid")), authorities);
		}

	}

}
