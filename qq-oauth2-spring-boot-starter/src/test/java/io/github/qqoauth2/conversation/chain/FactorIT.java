package io.github.qqoauth2.conversation.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The factor authority of a QQ login, which Spring Security has since version 7.
 */
@Tag("T-33")
class FactorIT {

	private static final String BY_PASSWORD = FactorGrantedAuthority.PASSWORD_AUTHORITY;

	private static final String BY_QQ = FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY;

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application plain = Application.with(qq).source(Site.WithChain.class).start();

	private static final Application both = Application.with(qq)
		.source(Site.WithChain.class, PasswordAndQq.class)
		.start();

	private final Visit visit = new Visit(both, qq);

	@AfterAll
	static void stop() {
		plain.close();
		both.close();
		qq.close();
	}

	@BeforeEach
	void prepare() {
		qq.reset();
		for (Application application : List.of(plain, both)) {
			application.jdbc().sql("delete from qq_account_binding").update();
			application.jdbc()
				.sql("insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at) "
						+ "values (?, ?, 'alice', false, current_timestamp, current_timestamp)")
				.params(QqSimulator.APP_ID, QqPerson.XIAO_MING.openid(QqSimulator.APP_ID))
				.update();
			application.bean(Site.Events.class).clear();
		}
	}

	private static Collection<? extends GrantedAuthority> authorities(Application application, Visit visit) {
		SecurityContext context = (SecurityContext) application.bean(Site.Sessions.class)
			.ofCookie(String.valueOf(visit.browser().cookie("JSESSIONID")))
			.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
		return Objects.requireNonNull(context.getAuthentication()).getAuthorities();
	}

	private static List<String> factors(Application application, Visit visit) {
		return authorities(application, visit).stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.filter((authority) -> authority.startsWith("FACTOR_"))
			.toList();
	}

	@Test
	void qqLoginThenHasFactorAuthorityWithTime() {
		Instant before = Instant.now();
		Visit visitor = new Visit(plain, qq);
		visitor.qqLogin(QqPerson.XIAO_MING);
		FactorGrantedAuthority factor = authorities(plain, visitor).stream()
			.filter(FactorGrantedAuthority.class::isInstance)
			.map(FactorGrantedAuthority.class::cast)
			.findFirst()
			.orElseThrow();
		assertThat(factor.getAuthority()).isEqualTo(BY_QQ);
		assertThat(factor.getIssuedAt()).isBetween(before.minus(Duration.ofSeconds(1)), Instant.now());
		assertThat(factors(plain, visitor)).containsExactly(BY_QQ);
	}

	@Test
	void qqLoginWhenAfterPasswordThenBothFactorsAndNewSessionId() {
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.browser().get("orders").status()).as("one factor is not enough").isNotEqualTo(200);
		String session = this.visit.browser().cookie("JSESSIONID");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).startsWith("/orders");
		assertThat(this.visit.browser().cookie("JSESSIONID")).isNotEqualTo(session);
		assertThat(factors(both, this.visit)).containsExactlyInAnyOrder(BY_PASSWORD, BY_QQ);
		Browser.Page page = this.visit.browser().get("orders");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
	}

	@Test
	void passwordLoginWhenAfterQqThenBothFactors() {
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).status()).isEqualTo(302);
		assertThat(factors(both, this.visit)).containsExactly(BY_QQ);
		assertThat(this.visit.browser().get("orders").status()).as("one factor is not enough").isNotEqualTo(200);
		this.visit.login("alice", "alice-password");
		assertThat(factors(both, this.visit)).containsExactlyInAnyOrder(BY_PASSWORD, BY_QQ);
		assertThat(this.visit.browser().get("orders").status()).isEqualTo(200);
	}

	@Test
	void qqLoginWhenFactorIsPresentThenSessionUnchanged() {
		this.visit.login("alice", "alice-password");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Map<String, String> cookies = this.visit.browser().cookies();
		both.bean(Site.Events.class).clear();
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		assertThat(factors(both, this.visit)).containsExactlyInAnyOrder(BY_PASSWORD, BY_QQ);
		assertThat(both.bean(Site.Events.class).names()).isEmpty();
	}

	@Test
	void qqLoginWhenOtherAccountThenFactorsUnchanged() {
		this.visit.login("bob", "bob-password");
		Map<String, String> cookies = this.visit.browser().cookies();
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		assertThat(factors(both, this.visit)).containsExactly(BY_PASSWORD);
	}

	@Test
	void qqLoginWhenFactorsAreNotMergedThenSessionUnchanged() {
		Visit visitor = new Visit(plain, qq);
		visitor.login("alice", "alice-password");
		Map<String, String> cookies = visitor.browser().cookies();
		plain.bean(Site.Events.class).clear();
		assertThat(visitor.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(visitor.browser().cookies()).isEqualTo(cookies);
		assertThat(factors(plain, visitor)).containsExactly(BY_PASSWORD);
		assertThat(plain.bean(Site.Events.class).names()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(authorities = { FactorGrantedAuthority.PASSWORD_AUTHORITY,
			FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY })
	static class PasswordAndQq {

	}

}
