package io.github.qqoauth2.persistence;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.persistence.EntityManager;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.mybatis.spring.annotation.MapperScan;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;

/**
 * An application that stores its accounts with JPA and MyBatis and creates all tables
 * with Flyway.
 */
@SpringBootApplication(proxyBeanMethods = false)
@MapperScan(basePackageClasses = Shop.class, annotationClass = Mapper.class)
class Shop {

	@Bean
	UserDetailsService users(JdbcClient jdbc) {
		return (name) -> {
			List<String> passwords = jdbc
				.sql("select password from jpa_member where name = ? union all select password from mybatis_member "
						+ "where name = ?")
				.params(name, name)
				.query((row, number) -> row.getString(1))
				.list();
			if (passwords.isEmpty()) {
				throw new UsernameNotFoundException("No such member");
			}
			return User.withUsername(name).password(passwords.get(0)).roles("USER").build();
		};
	}

	/**
	 * Runs the starter's script as the first migration.
	 */
	@Bean
	JavaMigration bindings(@Value("classpath:io/github/qqoauth2/account/schema-h2.sql") Resource script) {
		return new V1__Bindings(script);
	}

	/**
	 * Runs a script.
	 */
	private static final class V1__Bindings extends BaseJavaMigration {

		private final Resource script;

		V1__Bindings(Resource script) {
			this.script = script;
		}

		@Override
		public void migrate(Context context) {
			ResourceDatabasePopulator populator = new ResourceDatabasePopulator(this.script);
			populator.setSqlScriptEncoding(StandardCharsets.UTF_8.name());
			populator.execute(new SingleConnectionDataSource(context.getConnection(), true));
		}

	}

	/**
	 * Registers members with MyBatis if the name starts with {@code mybatis}, otherwise
	 * with JPA.
	 */
	@Component
	static class Members implements QqAccountRegistrar {

		private final EntityManager entities;

		private final MemberMapper mapper;

		Members(EntityManager entities, MemberMapper mapper) {
			this.entities = entities;
			this.mapper = mapper;
		}

		@Override
		public UserDetails register(QqRegistration registration) {
			String password = "{noop}" + registration.password();
			if (registration.username().startsWith("mybatis")) {
				this.mapper.insert(registration.username(), password);
			}
			else {
				this.entities.persist(new JpaMember(registration.username(), password));
			}
			return User.withUsername(registration.username()).password(password).roles("USER").build();
		}

	}

	/**
	 * Stores members with MyBatis.
	 */
	@Mapper
	interface MemberMapper {

		@Insert("insert into mybatis_member (name, password) values (#{name}, #{password})")
		void insert(String name, String password);

	}

	/**
	 * Deletes members in a transaction of the application.
	 */
	@Service
	static class Deletion {

		private final EntityManager entities;

		private final QqAccountBindings bindings;

		Deletion(EntityManager entities, QqAccountBindings bindings) {
			this.entities = entities;
			this.bindings = bindings;
		}

		@Transactional
		void delete(String name, boolean fail) {
			this.bindings.remove(name);
			this.entities.remove(this.entities.getReference(JpaMember.class, name));
			this.entities.flush();
			if (fail) {
				throw new IllegalStateException("rolled back");
			}
		}

	}

}
