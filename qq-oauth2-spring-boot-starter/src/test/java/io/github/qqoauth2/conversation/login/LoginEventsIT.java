package io.github.qqoauth2.conversation.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A QQ login publishes the same authentication events and audit entries as a password
 * login.
 */
class LoginEventsIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application plain = Application.with(qq).source(Site.WithChain.class, Audited.class).start();

	/**
	 * Has a publisher that maps every failure to an event.
	 */
	private static final Application mappingFailures = Application.with(qq)
		.source(Site.WithChain.class, Audited.class, EveryFailure.class)
		.start();

	private final Visit visit = new Visit(plain, qq);

	@AfterAll
	static void stop() {
		plain.close();
		mappingFailures.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		qq.reset();
		for (Application application : List.of(plain, mappingFailures)) {
			application.jdbc().sql("delete from qq_account_binding").update();
			events(application).clear();
			application.bean(Audit.class).drain();
		}
	}

	private static Recorder events(Application application) {
		return application.bean(Recorder.class);
	}

	private static void givenBinding(Application application, QqPerson person, String account) {
		application.jdbc()
			.sql("insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at) "
					+ "values (?, ?, ?, false, current_timestamp, current_timestamp)")
			.params(QqSimulator.APP_ID, person.openid(QqSimulator.APP_ID), account)
			.update();
	}

	private static List<String> audit(Application application) {
		return application.bean(Audit.class)
			.drain()
			.stream()
			.map((event) -> event.getType() + " " + event.getPrincipal() + " " + new TreeSet<>(event.getData().keySet())
					+ " " + event.getData().get("message"))
			.toList();
	}

	@Test
	void qqLoginThenPublishesEventsOfPasswordLogin() {
		givenBinding(plain, QqPerson.XIAO_MING, "alice");
		new Visit(plain, qq).login("alice", "alice-password");
		List<String> byPassword = events(plain).drain();
		List<String> audited = audit(plain);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(events(plain).drain()).isEqualTo(byPassword)
			.containsExactly("AuthenticationSuccessEvent UsernamePasswordAuthenticationToken User alice details=true",
					"SessionFixationProtectionEvent UsernamePasswordAuthenticationToken User alice details=true",
					"InteractiveAuthenticationSuccessEvent UsernamePasswordAuthenticationToken User alice details=true");
		assertThat(audit(plain)).isEqualTo(audited).containsExactly("AUTHENTICATION_SUCCESS alice [details] null");
	}

	@Test
	void qqLoginThenSessionFixationEventHasBothSessionIds() {
		givenBinding(plain, QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		String before = this.visit.browser().cookie("JSESSIONID");
		this.visit.browser().get(callback);
		SessionFixationProtectionEvent event = events(plain).events()
			.stream()
			.filter(SessionFixationProtectionEvent.class::isInstance)
			.map(SessionFixationProtectionEvent.class::cast)
			.findFirst()
			.orElseThrow();
		assertThat(event.getOldSessionId()).isEqualTo(before);
		assertThat(event.getNewSessionId()).isEqualTo(this.visit.browser().cookie("JSESSIONID"));
	}

	@ParameterizedTest
	@CsvSource({ "locked, AuthenticationFailureLockedEvent", "disabled, AuthenticationFailureDisabledEvent" })
	void qqLoginWhenAccountIsNotActiveThenEventHasUsername(String account, String event) {
		new Visit(plain, qq).login(account, "pw");
		List<String> byPassword = events(plain).drain();
		List<String> audited = audit(plain);
		givenBinding(plain, QqPerson.XIAO_MING, account);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(events(plain).drain()).isEqualTo(byPassword)
			.containsExactly(event + " UsernamePasswordAuthenticationToken String " + account + " details=true");
		assertThat(audit(plain)).isEqualTo(audited)
			.singleElement()
			.asString()
			.startsWith("AUTHENTICATION_FAILURE " + account + " [details, message, type] User ");
	}

	@Test
	void callbackWhenNoAuthenticationAttemptThenNoEvent() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.browser().get("login/qq/bind").status()).isEqualTo(200);
		new Visit(plain, qq).browser().get("login/oauth2/code/qq?code=C&state=S");
		Visit visitor = new Visit(mappingFailures, qq);
		visitor.qqLogin(QqPerson.XIAO_MING);
		visitor.browser().get("login/oauth2/code/qq?code=C&state=S");
		new Visit(mappingFailures, qq).browser().get("login/oauth2/code/qq");
		assertThat(events(plain).drain()).isEmpty();
		assertThat(events(mappingFailures).drain()).isEmpty();
		assertThat(audit(plain)).isEmpty();
	}

	@Test
	void callbackWhenQqFailsThenEventOnlyFromPublisherThatMapsIt() {
		for (Application application : List.of(plain, mappingFailures)) {
			qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
			new Visit(application, qq).qqLogin(QqPerson.XIAO_MING);
		}
		assertThat(events(plain).drain()).isEmpty();
		assertThat(audit(plain)).isEmpty();
		assertThat(events(mappingFailures).drain())
			.containsExactly("AuthenticationFailureServiceExceptionEvent UsernamePasswordAuthenticationToken String "
					+ " details=true");
	}

	@Test
	void callbackWhenSignedInThenNoEvent() {
		Visit visitor = new Visit(mappingFailures, qq);
		givenBinding(mappingFailures, QqPerson.PANDA, "locked");
		givenBinding(mappingFailures, QqPerson.XIAO_MING, "alice");
		visitor.login("alice", "alice-password");
		events(mappingFailures).clear();
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertThat(visitor.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(visitor.qqLogin(QqPerson.PANDA).location()).isEqualTo("/login/qq/error");
		assertThat(visitor.browser().get("login/oauth2/code/qq?code=C&state=S").location())
			.isEqualTo("/login/qq/error");
		assertThat(visitor.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(events(mappingFailures).drain()).isEmpty();
		assertThat(visitor.browser().get("").body()).startsWith("alice ");
	}

	@Test
	void isQqLoginWhenCalledByListenerThenTrueOnlyDuringQqLogin() {
		this.visit.login("alice", "alice-password");
		assertThat(events(plain).wasQqLogin()).containsExactly(false);
		events(plain).clear();
		Visit visitor = new Visit(plain, qq);
		visitor.qqLogin(QqPerson.XIAO_MING);
		visitor.bind("alice", "alice-password");
		assertThat(events(plain).wasQqLogin()).containsExactly(false);
		events(plain).clear();
		new Visit(plain, qq).qqLogin(QqPerson.XIAO_MING);
		assertThat(events(plain).wasQqLogin()).containsExactly(true);
		assertThat(plain.bindings()).isEqualTo(Map.of("alice", QqPerson.XIAO_MING.openid(QqSimulator.APP_ID)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Audited {

		@Bean
		Audit auditEventRepository() {
			return new Audit();
		}

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EveryFailure {

		@Bean
		AuthenticationEventPublisher publisher(ApplicationEventPublisher events) {
			DefaultAuthenticationEventPublisher publisher = new DefaultAuthenticationEventPublisher(events);
			publisher.setDefaultAuthenticationFailureEvent(AuthenticationFailureServiceExceptionEvent.class);
			return publisher;
		}

	}

	/**
	 * Records the audit events of Boot's listeners, except for access that was denied.
	 */
	static class Audit extends InMemoryAuditEventRepository {

		private final List<AuditEvent> logins = new CopyOnWriteArrayList<>();

		@Override
		public void add(AuditEvent event) {
			if (event.getType().startsWith("AUTHENTICATION")) {
				this.logins.add(event);
			}
		}

		List<AuditEvent> drain() {
			List<AuditEvent> drained = List.copyOf(this.logins);
			this.logins.clear();
			return drained;
		}

	}

	/**
	 * Records authentication events, and whether a QQ login was in progress.
	 */
	static class Recorder {

		private final List<AbstractAuthenticationEvent> events = new CopyOnWriteArrayList<>();

		private final List<Boolean> qqLogins = new CopyOnWriteArrayList<>();

		@EventListener
		void on(AbstractAuthenticationEvent event) {
			this.events.add(event);
			if (event instanceof InteractiveAuthenticationSuccessEvent) {
				ServletRequestAttributes request = (ServletRequestAttributes) Objects
					.requireNonNull(RequestContextHolder.getRequestAttributes());
				this.qqLogins.add(QqLogin.isQqLogin(request.getRequest()));
			}
		}

		void clear() {
			this.events.clear();
			this.qqLogins.clear();
		}

		List<AbstractAuthenticationEvent> events() {
			return List.copyOf(this.events);
		}

		List<Boolean> wasQqLogin() {
			return List.copyOf(this.qqLogins);
		}

		List<String> drain() {
			List<String> texts = new ArrayList<>();
			for (AbstractAuthenticationEvent event : events()) {
				Authentication authentication = event.getAuthentication();
				Object principal = Objects.requireNonNull(authentication.getPrincipal());
				texts.add(event.getClass().getSimpleName() + " " + authentication.getClass().getSimpleName() + " "
						+ ((principal instanceof User) ? "User" : principal.getClass().getSimpleName()) + " "
						+ authentication.getName() + " details="
						+ (authentication.getDetails() instanceof WebAuthenticationDetails));
			}
			clear();
			return texts;
		}

	}

}
