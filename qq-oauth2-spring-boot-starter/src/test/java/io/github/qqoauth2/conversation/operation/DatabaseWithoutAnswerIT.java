package io.github.qqoauth2.conversation.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pool with one connection, which another request holds, and with HikariCP's own time
 * limit of 30 seconds.
 */
class DatabaseWithoutAnswerIT {

	private static final int CALLBACKS = 5;

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq)
		.source(Site.WithChain.class)
		.property("spring.datasource.hikari.maximum-pool-size", "1")
		.start();

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	private static Duration timed(Runnable action) {
		long start = System.nanoTime();
		action.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void callbackWhenNoConnectionThenErrorPageWithinFiveSeconds() throws Exception {
		List<Visit> visits = new ArrayList<>();
		List<String> callbacks = new ArrayList<>();
		for (int i = 0; i < CALLBACKS; i++) {
			Visit visit = new Visit(application, qq);
			visits.add(visit);
			callbacks.add(visit.approve(QqPerson.XIAO_MING, Visit.START));
		}
		ExecutorService executor = Executors.newFixedThreadPool(CALLBACKS);
		try (Connection held = application.bean(DataSource.class).getConnection()) {
			assertThat(held.isClosed()).isFalse();
			List<Future<Duration>> answers = new ArrayList<>();
			for (int i = 0; i < CALLBACKS; i++) {
				Browser browser = visits.get(i).browser();
				String callback = callbacks.get(i);
				answers.add(executor.submit(
						() -> timed(() -> assertThat(browser.get(callback).location()).isEqualTo("/login/qq/error"))));
			}
			for (Future<Duration> answer : answers) {
				assertThat(answer.get()).isLessThan(Duration.ofSeconds(5));
			}
			assertThat(visits.get(0).browser().get("login/qq/error").status()).isEqualTo(503);
			assertThat(visits.get(0).browser().get("").location()).isEqualTo("/login");
			visits.get(1).login("alice", "alice-password");
			assertThat(visits.get(1).browser().get("").body()).startsWith("alice ");
		}
		finally {
			executor.shutdown();
		}
		assertLoginWorksAgain();
	}

	private static void assertLoginWorksAgain() throws SQLException {
		try (Connection free = application.bean(DataSource.class).getConnection()) {
			assertThat(free.isValid(1)).isTrue();
		}
		Visit visit = new Visit(application, qq);
		assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
	}

}
