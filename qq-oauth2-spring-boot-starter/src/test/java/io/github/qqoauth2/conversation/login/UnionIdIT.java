package io.github.qqoauth2.conversation.login;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqApp;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The unionid is stored, but does not identify an account.
 */
@Tag("T-16")
class UnionIdIT {

	private static final String DATABASE = "jdbc:h2:mem:union-id;DB_CLOSE_DELAY=-1";

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	@BeforeAll
	static void grant() {
		qq.addApp(new QqApp(QqSimulator.APP_ID, QqSimulator.APP_KEY, Set.of(), true));
		qq.addApp(new QqApp("101000777", "another-key", Set.of(), true));
	}

	@AfterAll
	static void stop() {
		qq.close();
	}

	private static Application.Builder unionIdSite(boolean unionId) {
		return Application.with(qq)
			.source(Site.WithChain.class)
			.property("spring.datasource.url", DATABASE)
			.property("qq.oauth2.union-id", unionId);
	}

	private static String login(Application application) {
		Visit visit = new Visit(application, qq);
		visit.qqLogin(QqPerson.XIAO_MING);
		return visit.browser().get("").body();
	}

	private static List<String> unionids(Application application) {
		return application.jdbc()
			.sql("select coalesce(unionid, '-') from qq_account_binding")
			.query((row, number) -> row.getString(1))
			.list();
	}

	@Test
	void unionIdWhenSwitchedOnAndOffThenSameAccount() {
		try (Application without = unionIdSite(false).start()) {
			Visit visit = new Visit(without, qq);
			visit.qqLogin(QqPerson.XIAO_MING);
			visit.bind("alice", "alice-password");
			assertThat(unionids(without)).containsExactly("-");
		}
		try (Application with = unionIdSite(true).start()) {
			assertThat(login(with)).startsWith("alice ");
			assertThat(unionids(with)).containsExactly(QqPerson.XIAO_MING.unionid());
			qq.enqueue(QqEndpoint.ME, QqReply.error(100048, "companyid not set"));
			assertThat(login(with)).startsWith("alice ");
			assertThat(unionids(with)).containsExactly(QqPerson.XIAO_MING.unionid());
		}
		try (Application without = unionIdSite(false).start()) {
			assertThat(login(without)).startsWith("alice ");
			assertThat(without.bindings()).isEqualTo(Map.of("alice", OPENID));
			assertThat(unionids(without)).containsExactly(QqPerson.XIAO_MING.unionid());
		}
	}

	@Test
	void loginWhenAppIdDiffersThenBindingRequired() {
		String openid = QqPerson.XIAO_MING.openid("101000777");
		assertThat(openid).isNotEqualTo(OPENID);
		try (Application application = unionIdSite(true).property("spring.datasource.url", "jdbc:h2:mem:union-id-2")
			.property("qq.oauth2.app-id", "101000777")
			.property("qq.oauth2.app-key", "another-key")
			.start()) {
			application.jdbc()
				.sql("""
						insert into qq_account_binding (app_id, openid, account, unionid, registered, created_at, last_login_at)
						values ('101000001', ?, 'alice', ?, false, now(), now())
						""")
				.params(openid, QqPerson.XIAO_MING.unionid())
				.update();
			Visit visit = new Visit(application, qq);
			assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
			assertThat(visit.browser().get("").location()).isEqualTo("/login");
		}
	}

}
