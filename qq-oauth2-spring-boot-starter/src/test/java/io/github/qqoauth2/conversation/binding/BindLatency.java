package io.github.qqoauth2.conversation.binding;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long the bind form takes to refuse an unknown username, and a known one
 * with a wrong password. Not part of any build and without assertions about time. See
 * {@code docs/measurements.md} for the command.
 */
@Tag("T-32")
class BindLatency {

	private static final int ROUNDS = Integer.getInteger("latency.rounds", 300);

	private static final int WARM_UP = 50;

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq).source(SlowPasswords.class).start();

	private final Random random = new Random();

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@Test
	void bindWhenUsernameUnknownOrPasswordWrongThenPrintsLatency() {
		double[] known = new double[ROUNDS];
		double[] unknown = new double[ROUNDS];
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			boolean knownFirst = this.random.nextBoolean();
			double first = measure(knownFirst);
			double second = measure(!knownFirst);
			if (round >= 0) {
				known[round] = knownFirst ? first : second;
				unknown[round] = knownFirst ? second : first;
			}
			qq.clearRequests();
		}
		print(known, unknown);
		assertThat(application.bindings()).isEmpty();
	}

	/**
	 * Returns the time of one POST by a new visitor, in milliseconds.
	 */
	private double measure(boolean known) {
		String name = known ? "alice"
				: this.random.ints(5, 'a', 'z' + 1)
					.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
					.toString();
		Visit visit = new Visit(application, qq);
		visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = visit.browser().get("login/qq/bind");
		long start = System.nanoTime();
		Browser.Page answer = visit.browser()
			.submit(page, "login/qq/bind", Map.of("username", name, "password", "wrong-password"));
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		assertThat(answer.location()).isEqualTo("/login/qq/bind");
		return took.toNanos() / 1e6;
	}

	private static void print(double[] known, double[] unknown) {
		double above = above(known, unknown);
		double deviation = Math.sqrt((2.0 * ROUNDS + 1) / (12.0 * ROUNDS * ROUNDS));
		Arrays.sort(known);
		Arrays.sort(unknown);
		List<String> lines = List.of(line("known name, wrong password", known), line("unknown name", unknown),
				String.format(Locale.ROOT, "ratio of the medians: %.3f", quantile(known, 0.5) / quantile(unknown, 0.5)),
				String.format(Locale.ROOT,
						"Mann-Whitney: of two answers the known name's is the slower one in %.1f %% (z = %.2f)",
						100 * above, (above - 0.5) / deviation));
		lines.forEach(System.out::println);
	}

	private static String line(String name, double[] sorted) {
		return String.format(Locale.ROOT, "%s: %d posts, quartiles %.2f / %.2f / %.2f ms", name, sorted.length,
				quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
	}

	private static double quantile(double[] sorted, double part) {
		return sorted[(int) Math.round(part * (sorted.length - 1))];
	}

	/**
	 * The share of pairs in which the first value is larger. Ties count half.
	 */
	private static double above(double[] first, double[] second) {
		double count = 0;
		for (double one : first) {
			for (double other : second) {
				count += (one > other) ? 1 : (one < other) ? 0 : 0.5;
			}
		}
		return count / first.length / second.length;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SlowPasswords {

		@Bean
		PasswordEncoder passwordEncoder() {
			return new BCryptPasswordEncoder();
		}

		@Bean
		UserDetailsService users(PasswordEncoder encoder) {
			return new InMemoryUserDetailsManager(
					User.withUsername("alice").password(encoder.encode("alice-password")).roles("USER").build());
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

}
