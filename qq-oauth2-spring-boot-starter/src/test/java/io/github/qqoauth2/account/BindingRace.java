package io.github.qqoauth2.account;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.client.QqIdentity;

/**
 * Runs threads that concurrently register accounts for the same QQ identity, or bind
 * different QQ identities to the same account. It can run in several processes.
 */
public final class BindingRace {

	static final String APP_ID = "101000001";

	private final JdbcClient jdbc;

	private final QqAccountBindings bindings;

	private final String process;

	BindingRace(DataSource dataSource, String process) {
		this.jdbc = JdbcClient.create(dataSource);
		this.bindings = new QqAccountBindings(QqAccountBindings.jdbcStore(this.jdbc), APP_ID, Clock.systemUTC(),
				new TransactionTemplate(new JdbcTransactionManager(dataSource)), (event) -> {
				});
		this.process = process;
	}

	/**
	 * Runs in a process of its own: address, user, password, name, threads, rounds.
	 */
	public static void main(String[] arguments) throws Exception {
		DataSource dataSource = new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]);
		BindingRace race = new BindingRace(dataSource, arguments[3]);
		System.out.println("ready");
		System.in.read();
		race.run(Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
	}

	void run(int threads, int rounds) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < rounds; round++) {
				CountDownLatch start = new CountDownLatch(1);
				List<Future<Boolean>> racers = new ArrayList<>();
				for (int thread = 0; thread < threads; thread++) {
					racers.add(executor.submit(racer(start, round, thread)));
				}
				start.countDown();
				for (Future<Boolean> racer : racers) {
					racer.get();
				}
			}
		}
		finally {
			executor.shutdown();
		}
	}

	private Callable<Boolean> racer(CountDownLatch start, int round, int thread) {
		return () -> {
			start.await();
			try {
				return (thread % 2 == 0) ? register(round, thread) : bind(round, thread);
			}
			catch (DataAccessException ex) {
				// a deadlock or a lock timeout: nothing was written
				return false;
			}
		};
	}

	private boolean register(int round, int thread) {
		String name = "new-" + this.process + "-" + thread + "-" + round;
		QqRegistration registration = new QqRegistration(name, "password", Map.of(), null, false);
		return this.bindings.register(new QqIdentity(APP_ID, "QQ" + round, null), registration, this::create) != null;
	}

	private UserDetails create(QqRegistration registration) {
		this.jdbc.sql("insert into member (name) values (?)").param(registration.username()).update();
		return User.withUsername(registration.username()).password("pw").roles("USER").build();
	}

	private boolean bind(int round, int thread) {
		String openid = this.process + "-" + thread + "-" + round;
		QqAccountBinding current = this.bindings.bind(new QqIdentity(APP_ID, openid, null), null, "account-" + round);
		return current.openid().equals(openid);
	}

}
