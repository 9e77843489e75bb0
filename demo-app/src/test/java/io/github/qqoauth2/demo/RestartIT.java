package io.github.qqoauth2.demo;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the shop several times with the same data directory.
 */
class RestartIT {

	private static final String ACCOUNTS = "select username || ' ' || password || ' ' || locked from account order by id";

	@TempDir
	Path folder;

	@Test
	void startWhenDatabaseEmptyThenSeedsAccountsWithEncodedPasswords() {
		try (DemoSite site = DemoSite.open(this.folder)) {
			List<String> accounts = accounts(site);
			assertThat(accounts).hasSize(3).allSatisfy((account) -> assertThat(account).contains(" $2a$"));
			assertThat(accounts.get(0)).startsWith("alice ").endsWith(" FALSE");
			assertThat(accounts.get(2)).startsWith("carol ").endsWith(" TRUE");
		}
	}

	@Test
	void startWhenDataExistsThenKeepsAccountsBindingsAndNotes() {
		List<String> accounts;
		String appId;
		QqIdentity identity;
		try (DemoSite site = DemoSite.open(this.folder)) {
			appId = site.property("qq.oauth2.app-id");
			identity = new QqIdentity(appId, "0123456789ABCDEF0123456789ABCDEF", null);
			accounts = accounts(site);
			site.bean(QqAccountBindings.class).bind(identity, null, "alice");
			site.jdbc()
				.sql("insert into note (account, book_id, text, created_at) values ('alice', 1, '第一回', now())")
				.update();
		}
		try (DemoSite site = DemoSite.open(this.folder)) {
			assertThat(accounts(site)).isEqualTo(accounts);
			assertThat(site.bean(QqAccountBindings.class).find(identity)).isNotNull()
				.extracting(QqAccountBinding::account)
				.isEqualTo("alice");
			assertThat(site.jdbc().sql("select text from note where account = 'alice'").query(String.class).list())
				.containsExactly("第一回");
			assertThat(site.jdbc().sql("select count(*) from book").query(Integer.class).single()).isEqualTo(8);
		}
	}

	@Test
	void startWhenAccountRemovedThenDoesNotRecreateIt() {
		try (DemoSite site = DemoSite.open(this.folder)) {
			site.jdbc().sql("delete from account where username = 'bob'").update();
		}
		try (DemoSite site = DemoSite.open(this.folder)) {
			assertThat(accounts(site)).hasSize(2).noneMatch((account) -> account.startsWith("bob "));
		}
	}

	@Test
	void startWhenDataOfFirstReleaseThenMigratesSchema() {
		DriverManagerDataSource old = new DriverManagerDataSource("jdbc:h2:file:" + this.folder + "/onepage");
		JdbcClient jdbc = JdbcClient.create(old);
		jdbc.sql("""
				create table account (id bigint generated always as identity primary key,
				  username varchar(100) not null unique, password varchar(100) not null, locked boolean not null,
				  created_at timestamp with time zone not null)
				""").update();
		jdbc.sql("insert into account (username, password, locked, created_at) values ('erna', ?, false, now())")
			.param(new BCryptPasswordEncoder().encode("reads-since-long"))
			.update();
		try (DemoSite site = DemoSite.open(this.folder)) {
			assertThat(site.queryForList("select username from account")).containsExactly("erna");
			ShopVisitor visitor = new ShopVisitor(site).signIn("erna", "reads-since-long");
			assertThat(visitor.open("/me").body()).contains("erna", "Change password");
		}
	}

	private static List<String> accounts(DemoSite site) {
		return site.jdbc().sql(ACCOUNTS).query((row, number) -> row.getString(1)).list();
	}

}
