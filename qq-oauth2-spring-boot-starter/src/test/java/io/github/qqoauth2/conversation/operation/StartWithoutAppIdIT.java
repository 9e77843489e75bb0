package io.github.qqoauth2.conversation.operation;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications without an app id start, and behave as without the starter.
 */
class StartWithoutAppIdIT {

	private static final Pattern JDBC = Pattern.compile("(h2|HikariCP|spring-boot-jdbc|spring-boot-starter-jdbc)-.*");

	@Test
	void startWhenOnlyJdbcOfStarterThenRunsWithoutDataSource() throws Exception {
		ClassLoader previous = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader loader = withoutJdbc()) {
			Thread.currentThread().setContextClassLoader(loader);
			((Runnable) loader.loadClass(WithoutDataSource.class.getName()).getDeclaredConstructor().newInstance())
				.run();
		}
		finally {
			Thread.currentThread().setContextClassLoader(previous);
		}
	}

	@Test
	void startWhenDatabaseIsUnknownThenRuns() throws Exception {
		try (QqSimulator qq = QqSimulator.start();
				Application application = withoutAppId(qq)
					.property("spring.datasource.url", UnknownDatabaseDriver.URL + UUID.randomUUID())
					.property("spring.datasource.driver-class-name", UnknownDatabaseDriver.class.getName())
					.start()) {
			assertThat(JdbcUtils.extractDatabaseMetaData(application.bean(DataSource.class),
					DatabaseMetaData::getDatabaseProductName))
				.isEqualTo(UnknownDatabaseDriver.PRODUCT);
			assertThat(application.jdbc()
				.sql("select count(*) from information_schema.tables where lower(table_name) = 'qq_account_binding'")
				.query(Integer.class)
				.single()).isZero();
			assertBehavesAsWithoutStarter(application, qq);
		}
	}

	/**
	 * Spring Boot locks every address and creates no default user, as the READMEs say.
	 */
	@Test
	void startWhenSiteHasNeitherChainNorUsersThenLocked() {
		try (QqSimulator qq = QqSimulator.start();
				Application application = application(qq, WithoutSecurity.class).start()) {
			assertThat(application.browser().get("products").location()).isEqualTo("/login");
			assertThat(application.context().getBeanNamesForType(UserDetailsService.class)).isEmpty();
			Visit visit = new Visit(application, qq);
			assertThat(visit.login("user", "password").location()).isNotEqualTo("/");
		}
	}

	private static Application.Builder withoutAppId(QqSimulator qq) {
		return application(qq, Site.WithoutChain.class);
	}

	private static Application.Builder application(QqSimulator qq, Class<?> source) {
		return Application.with(qq)
			.without("qq.oauth2.app-id")
			.without("qq.oauth2.app-key")
			.without("qq.oauth2.base-uri")
			.source(source);
	}

	private static void assertBehavesAsWithoutStarter(Application application, QqSimulator qq) {
		assertThat(application.context().getBeanNamesForType(QqAccountBindings.class)).isEmpty();
		Visit visit = new Visit(application, qq);
		assertThat(visit.browser().get("login").body()).contains("name=\"password\"")
			.doesNotContain("oauth2/authorization");
		assertThat(application.browser().get(Visit.START).location()).isEqualTo("/login");
		assertThat(visit.login("alice", "alice-password").location()).isEqualTo("/");
		assertThat(visit.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
	}

	/**
	 * The class path without the database dependencies of the tests.
	 */
	private static URLClassLoader withoutJdbc() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		String[] classPath = StringUtils.tokenizeToStringArray(System.getProperty("java.class.path"),
				File.pathSeparator);
		for (String entry : classPath) {
			if (!JDBC.matcher(new File(entry).getName()).matches()) {
				urls.add(new File(entry).toURI().toURL());
			}
		}
		assertThat(urls).hasSizeBetween(1, classPath.length - 3);
		return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
	}

	/**
	 * A site whose only use of Spring Security is that of the starter.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithoutSecurity {

		@RestController
		static class Products {

			@GetMapping("/products")
			String products() {
				return "products";
			}

		}

	}

	/**
	 * Runs an application on the class path without a database.
	 */
	public static final class WithoutDataSource implements Runnable {

		@Override
		public void run() {
			// a JVM has only one such factory, which the Tomcat of other tests has set
			TomcatURLStreamHandlerFactory.disable();
			try (QqSimulator qq = QqSimulator.start();
					Application application = withoutAppId(qq).without("spring.datasource.url").start()) {
				assertThat(application.context().getBeanNamesForType(DataSource.class)).isEmpty();
				assertBehavesAsWithoutStarter(application, qq);
			}
		}

	}

}
