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
import org.springframework.context.annotation.Primary;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Expiry and cookie attributes of tickets.
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
	void resetClock() {
		moveClock(Duration.ZERO);
	}

	private void moveClock(Duration offset) {
		this.application.bean(MovableClock.class).offset = offset;
	}

	@Test
	@Tag("T-09")
	void pendingBindingWhenExpiredThenGone() {
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat((Long) pending.object("pending").get("expiresIn")).isEqualTo(120);
		moveClock(Duration.ofSeconds(119));
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(200);
		moveClock(Duration.ofMinutes(2));
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(410);
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice")).code())
			.isEqualTo("binding-expired");
		assertThat(this.frontEnd.post(FrontEnd.REGISTER, with(pending.binding(), FORM)).status()).isEqualTo(410);
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * A wrong password creates a new ticket with the same expiry.
	 */
	@Test
	@Tag("T-09")
	void pendingBindingWhenTicketIsReplacedThenKeepsExpiry() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		moveClock(Duration.ofSeconds(100));
		assertThat(
				this.frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x"))).status())
			.isEqualTo(401);
		moveClock(Duration.ofSeconds(121));
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(410);
	}

	@Test
	void authorizationRequestWhenExpiredThenQqIsNotCalled() {
		Map<String, String> parameters = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		moveClock(Duration.ofMinutes(2));
		FrontEnd.Answer answer = this.frontEnd.post(FrontEnd.CALLBACK, parameters);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.code()).isEqualTo("expired");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-Proto: https", "X-Forwarded-Host: shop.example",
			"Forwarded: proto=https;host=shop.example" })
	@Tag("T-09")
	void ticketsWhenNotOnLoopbackThenHostPrefixedCookies(String forwarded) {
		String[] header = forwarded.split(": ", 2);
		FrontEnd other = new FrontEnd(this.application, qq);
		other.browser().header(header[0], header[1]);
		FrontEnd.Answer started = other.get(FrontEnd.START);
		assertThat(Objects.requireNonNull(started.page().header("Set-Cookie"))).startsWith("__Host-qq-authorization=")
			.contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;")
			.doesNotContain("Domain");
		this.frontEnd.browser().header(header[0], header[1]);
		this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.frontEnd.browser().cookies()).containsOnlyKeys("__Host-qq-pending");
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(200);
		String ticket = Objects.requireNonNull(this.frontEnd.browser().cookie("__Host-qq-pending"));
		this.frontEnd.browser().removeCookie("__Host-qq-pending");
		this.frontEnd.browser().cookie("qq-pending", ticket);
		assertThat(this.frontEnd.get(FrontEnd.BIND).status()).isEqualTo(410);
	}

	/**
	 * A clock that can be moved.
	 */
	static final class MovableClock extends Clock {

		private final Instant start = Instant.now();

		private volatile Duration offset = Duration.ZERO;

		@Override
		public Instant instant() {
			return this.start.plus(this.offset);
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
		@Primary
		MovableClock clock() {
			return new MovableClock();
		}

	}

}
