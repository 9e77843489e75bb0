package io.github.qqoauth2.ruoyilike;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The application's users and what they may do.
 */
@Repository
class SysUsers {

	private final JdbcClient jdbc;

	SysUsers(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Nullable SysUser findByUserName(String userName) {
		return this.jdbc.sql("select * from sys_user where user_name = ?")
			.param(userName)
			.query(SysUser.class)
			.optional()
			.orElse(null);
	}

	void insert(String userName, String nickName, String encodedPassword) {
		this.jdbc.sql("insert into sys_user (user_name, nick_name, password) values (?, ?, ?)")
			.params(userName, nickName, encodedPassword)
			.update();
	}

	Set<String> permissions(SysUser user) {
		return user.userName().equals("admin") ? Set.of("*:*:*") : Set.of("system:notice:list");
	}

}
