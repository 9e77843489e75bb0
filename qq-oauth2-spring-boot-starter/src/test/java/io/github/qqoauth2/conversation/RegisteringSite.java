package io.github.qqoauth2.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.JdbcUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.bind.QqLogin;

/**
 * A site that keeps accounts in the database and registers new ones for QQ identities.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RegisteringSite {

	public static final Map<String, String> FORM = Map.of("username", "dora", "password", "dora-password", "nickname",
			"Dora", "mobile", "13800138000", "terms", "true");

	@Bean
	ApplicationRunner accounts(DataSource dataSource, JdbcUserDetailsManager users, PasswordEncoder encoder) {
		return (arguments) -> {
			JdbcClient jdbc = JdbcClient.create(dataSource);
			jdbc.sql(
					"create table if not exists users (username varchar(255) primary key, password varchar(255), enabled boolean)")
				.update();
			jdbc.sql("create table if not exists authorities (username varchar(255), authority varchar(64))").update();
			jdbc.sql("create table if not exists member (username varchar(255) primary key, nickname varchar(64), "
					+ "mobile varchar(20) unique)")
				.update();
			for (String name : List.of("alice", "bob")) {
				if (users.userExists(name)) {
					continue;
				}
				users.createUser(User.withUsername(name)
					.password(encoder.encode(name + "-password"))
					.roles("USER", "READER")
					.build());
			}
		};
	}

	@Bean
	JdbcUserDetailsManager users(DataSource dataSource) {
		return new JdbcUserDetailsManager(dataSource);
	}

	@Bean
	CountingEncoder passwordEncoder() {
		return new CountingEncoder();
	}

	@Bean
	SessionRegistry sessionRegistry() {
		return new SessionRegistryImpl();
	}

	@Bean
	protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
		http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
		http.formLogin(Customizer.withDefaults());
		http.oauth2Login(Customizer.withDefaults());
		http.rememberMe((rememberMe) -> rememberMe.key("conversation"));
		http.sessionManagement((management) -> management.maximumSessions(9).sessionRegistry(sessions));
		return http.build();
	}

	@Bean
	Members members(DataSource dataSource, JdbcUserDetailsManager users, PasswordEncoder encoder) {
		return new Members(JdbcClient.create(dataSource), users, encoder);
	}

	@Bean
	Site.Pages pages() {
		return new Site.Pages();
	}

	@Bean
	Site.Events events() {
		return new Site.Events();
	}

	@Bean
	Site.Sessions sessions() {
		return new Site.Sessions();
	}

	@Bean
	AccountEvents accountEvents() {
		return new AccountEvents();
	}

	@Bean
	MessageSource messageSource() {
		StaticMessageSource messages = new StaticMessageSource();
		for (String[] words : new String[][] { { "nickname", "昵称", "Nickname" }, { "mobile", "手机号", "Mobile number" },
				{ "mobile.invalid", "请填写 11 位手机号。", "Please enter 11 digits." },
				{ "mobile.taken", "这个手机号已被使用。", "This number is taken." },
				{ "consent", "我已阅读并同意{0}和{1}", "I agree to the {0} and the {1}" },
				{ "consent.link1", "《用户协议》", "terms of use" }, { "consent.link2", "《隐私政策》", "privacy policy" },
				{ "terms", "同意用户协议", "I agree to the terms" },
				{ "terms.required", "请先同意用户协议。", "Please agree first." } }) {
			messages.addMessage("qq.oauth2.register." + words[0], Locale.SIMPLIFIED_CHINESE, words[1]);
			messages.addMessage("qq.oauth2.register." + words[0], Locale.ENGLISH, words[2]);
		}
		return messages;
	}

	/**
	 * Shows the pending binding of the visitor.
	 */
	@RestController
	static class Reminder {

		private final QqLogin qq;

		Reminder(QqLogin qq) {
			this.qq = qq;
		}

		@GetMapping("/reminder")
		String page(HttpServletRequest request) {
			Map<String, Object> pending = this.qq.pendingBinding(request);
			return (pending != null) ? pending.toString() : "none";
		}

	}

	/**
	 * Registers accounts.
	 */
	public static class Members implements QqAccountRegistrar {

		private static final List<QqRegistrationField> DEFAULT_FIELDS = List.of(QqRegistrationField.USERNAME,
				QqRegistrationField.PASSWORD, QqRegistrationField.of("nickname", "text").length(1, 24),
				QqRegistrationField.of("mobile", "tel").matching("1[3-9][0-9]{9}").optional(),
				QqRegistrationField.of("terms", "checkbox"));

		private final JdbcClient jdbc;

		private final JdbcUserDetailsManager users;

		private final PasswordEncoder encoder;

		private volatile @Nullable QqRegistration last;

		private volatile boolean rejecting;

		private volatile boolean disabled;

		private volatile boolean passwordless;

		private volatile List<QqRegistrationField> fields = DEFAULT_FIELDS;

		Members(JdbcClient jdbc, JdbcUserDetailsManager users, PasswordEncoder encoder) {
			this.jdbc = jdbc;
			this.users = users;
			this.encoder = encoder;
		}

		public QqRegistration last() {
			return Objects.requireNonNull(this.last);
		}

		public boolean hasRegistered() {
			return this.last != null;
		}

		public void rejectUsernames(boolean rejecting) {
			this.rejecting = rejecting;
		}

		/**
		 * Whether new accounts are disabled.
		 */
		public void disable(boolean disabled) {
			this.disabled = disabled;
		}

		/**
		 * Whether new accounts have an empty password.
		 */
		public void passwordless(boolean passwordless) {
			this.passwordless = passwordless;
		}

		/**
		 * The fields of the form, or the usual ones if {@code null}.
		 */
		public void fields(@Nullable List<QqRegistrationField> fields) {
			this.fields = (fields != null) ? fields : DEFAULT_FIELDS;
		}

		@Override
		public List<QqRegistrationField> fields() {
			return this.fields;
		}

		@Override
		public UserDetails register(QqRegistration registration) {
			this.last = registration;
			if (this.rejecting) {
				throw new QqRegistrationException("username", "invalid");
			}
			String mobile = registration.values().get("mobile");
			if (mobile != null && this.jdbc.sql("select count(*) from member where mobile = ?")
				.param(mobile)
				.query(Long.class)
				.single() > 0) {
				throw new QqRegistrationException("mobile", "taken");
			}
			UserDetails user = User.withUsername(registration.username())
				.password(this.encoder.encode(this.passwordless ? "" : registration.password()))
				.roles("USER")
				.disabled(this.disabled)
				.build();
			this.users.createUser(user);
			this.jdbc.sql("insert into member values (:username, :nickname, :mobile)")
				.param("username", registration.username())
				.param("nickname", registration.values().get("nickname"))
				.param("mobile", mobile)
				.update();
			return user;
		}

	}

	/**
	 * Records account events, and can reject them.
	 */
	public static class AccountEvents {

		private final List<String> events = new CopyOnWriteArrayList<>();

		private final List<String> committed = new CopyOnWriteArrayList<>();

		private volatile QqAccountEvent.@Nullable Kind veto;

		@EventListener
		void on(QqAccountEvent event) {
			if (event.kind() == this.veto) {
				throw new IllegalStateException("veto");
			}
			this.events.add(text(event));
		}

		@TransactionalEventListener
		void onCommit(QqAccountEvent event) {
			this.committed.add(text(event));
		}

		private static String text(QqAccountEvent event) {
			return event.kind() + " " + event.account()
					+ ((event.otherAccount() != null) ? " " + event.otherAccount() : "")
					+ ((event.reason() != null) ? " " + event.reason() : "");
		}

		public void veto(QqAccountEvent.@Nullable Kind kind) {
			this.veto = kind;
		}

		public List<String> drain() {
			List<String> drained = new ArrayList<>(this.events);
			this.events.clear();
			return drained;
		}

		/**
		 * The events whose transaction was committed.
		 */
		public List<String> drainCommitted() {
			List<String> drained = new ArrayList<>(this.committed);
			this.committed.clear();
			return drained;
		}

	}

	/**
	 * Counts the passwords that are checked.
	 */
	public static class CountingEncoder implements PasswordEncoder {

		private final PasswordEncoder encoder = new BCryptPasswordEncoder(4);

		private final AtomicInteger matches = new AtomicInteger();

		public int drain() {
			return this.matches.getAndSet(0);
		}

		@Override
		public String encode(@Nullable CharSequence password) {
			return Objects.requireNonNull(this.encoder.encode(password));
		}

		@Override
		public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
			this.matches.incrementAndGet();
			return this.encoder.matches(password, encoded);
		}

	}

}
