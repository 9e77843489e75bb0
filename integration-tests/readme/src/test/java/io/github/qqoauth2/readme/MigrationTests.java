package io.github.qqoauth2.readme;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the SQL statements for migrating from another client, on H2 in PostgreSQL
 * mode.
 */
class MigrationTests {

	private static final String OPENID = "0123456789ABCDEF0123456789ABCDEF";

	private static final String OTHER_OPENID = "FEDCBA9876543210FEDCBA9876543210";

	private static final String UNIONID = "UID_0123456789ABCDEF0123456789ABCDEF";

	private final Document document = Document.read(Path.of("docs", "from-other-clients.md"));

	private final SingleConnectionDataSource database = new SingleConnectionDataSource(
			"jdbc:h2:mem:migration;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", true);

	private final JdbcTemplate jdbc = new JdbcTemplate(this.database);

	@BeforeEach
	void createTables() {
		new ResourceDatabasePopulator(new ClassPathResource("io/github/qqoauth2/account/schema-h2.sql"))
			.execute(this.database);
		this.jdbc.execute("create table users (id int primary key, username varchar(255))");
		this.jdbc.execute(
				"create table user_social (user_id int, source varchar(16), open_id varchar(64), union_id varchar(64))");
		this.jdbc.execute("insert into users values (1, 'alice'), (2, 'bob'), (3, 'carol')");
	}

	@AfterEach
	void close() {
		this.database.destroy();
	}

	private void insertOld(int user, String source, String openid) {
		this.jdbc.update("insert into user_social values (?, ?, ?, ?)", user, source, openid, UNIONID);
	}

	@Test
	void checksWhenRunThenFindConflictingRows() {
		insertOld(1, "QQ", OPENID);
		insertOld(2, "QQ", OPENID);
		insertOld(2, "QQ", OTHER_OPENID);
		insertOld(3, "QQ", UNIONID);
		insertOld(3, "GITHUB", OPENID);
		List<List<Object>> found = new ArrayList<>();
		for (String check : this.document.unmarked("sql", "select ").lines()) {
			found.add(this.jdbc.query(check, (row, number) -> row.getObject(1)));
		}
		assertThat(found).containsExactly(List.of(OPENID), List.of(2), List.of(3));
	}

	@Test
	void copyWhenRunThenBindsOpenidsOfQqOnly() {
		insertOld(1, "QQ", OPENID);
		insertOld(2, "GITHUB", OTHER_OPENID);
		insertOld(3, "QQ", UNIONID);
		String copy = this.document.unmarked("sql", "insert into qq_account_binding").text();
		assertThat(this.jdbc.update(copy)).isEqualTo(1);
		assertThat(this.jdbc.queryForList("select app_id, openid, account, unionid from qq_account_binding"))
			.singleElement()
			.satisfies((row) -> assertThat(row.values()).containsExactly("101000001", OPENID, "alice", UNIONID));
	}

}
