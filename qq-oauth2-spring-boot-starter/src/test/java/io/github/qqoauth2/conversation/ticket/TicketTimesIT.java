package io.github.qqoauth2.conversation.ticket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tickets end by what is in them, and behind TLS they are cookies of this very host.
 */
class TicketTimesIT extends AbstractFrontEndVisit {

	private static final Application site = Application.with(qq)
		.source(TokenSite.class, MovableTime.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.property("qq.oauth2.pending-timeout", "2m")
		.property("qq.oauth2.redirect-uri", "http://127.0.0.1/login/oauth2/code/qq")
		.property("server.forward-headers-strategy", "framework")
		.start();

	TicketTimesIT() {
		super(site);
	}

	@AfterEach
	void now() {
		later(Duration.ZERO);
	}

	private void later(Duration later) {
		this.application.bean(MovableClock.class).later = later;
	}

	@Test
	@Tag("T-09")
	void pendingWhenItsTimeIsOverThenGone() {
		FrontEnd.Answer waiting = this.frontEnd.comeBack(QqPerson.XIAO_MING);
		assertThat((Long) waiting.object("pending").get("expiresIn")).isEqualTo(120);
		later(Duration.ofSeconds(119));
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(200);
		later(Duration.ofMinutes(2));
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(410);
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(waiting.binding(), "alice")).code())
			.isEqualTo("binding-expired");
		assertThat(this.frontEnd.post(FrontEnd.REGISTER, with(waiting.binding(), FORM)).status()).isEqualTo(410);
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * A wrong password makes a new ticket and no new time.
	 */
	@Test
	@Tag("T-09")
	void pendingWhenWrittenAnewThenLivesNoLonger() {
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		later(Duration.ofSeconds(100));
		assertThat(
				this.frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x"))).status())
			.isEqualTo(401);
		later(Duration.ofSeconds(121));
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(410);
	}

	@Test
	void authorizationWhenItsTimeIsOverThenExpiredAndQqIsNotAsked() {
		Map<String, String> parameters = this.frontEnd.agree(QqPerson.XIAO_MING, FrontEnd.START);
		later(Duration.ofMinutes(2));
		FrontEnd.Answer answer = this.frontEnd.post(FrontEnd.CALLBACK, parameters);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("expired");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-Proto: https", "X-Forwarded-Host: shop.example",
			"Forwarded: proto=https;host=shop.example" })
	@Tag("T-09")
	void ticketsWhenNotOnLoopbackThenAreCookiesOfThisVeryHost(String forwarded) {
		String[] header = forwarded.split(": ", 2);
		FrontEnd other = new FrontEnd(this.application, qq);
		other.browser().header(header[0], header[1]);
		FrontEnd.Answer started = other.get(FrontEnd.START);
		assertThat(Objects.requireNonNull(started.page().header("Set-Cookie"))).startsWith("__Host-qq-authorization=")
			.contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;")
			.doesNotContain("Domain");
		this.frontEnd.browser().header(header[0], header[1]);
		this.frontEnd.comeBack(QqPerson.XIAO_MING);
		assertThat(this.frontEnd.browser().cookies()).containsOnlyKeys("__Host-qq-pending");
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(200);
		String ticket = Objects.requireNonNull(this.frontEnd.browser().cookie("__Host-qq-pending"));
		this.frontEnd.browser().forget("__Host-qq-pending");
		this.frontEnd.browser().cookie("qq-pending", ticket);
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(410);
	}

	/**
	 * A clock that tests move.
	 */
	static final class MovableClock extends Clock {

		private final Instant start = Instant.now();

		private volatile Duration later = Duration.ZERO;

		@Override
		public Instant instant() {
			return this.start.plus(this.later);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MovableTime {

		@Bean
		MovableClock clock() {
			return new MovableClock();
		}

	}

}
