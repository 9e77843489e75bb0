package io.github.qqoauth2.conversation.operation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.qqoauth2.conversation.AbstractRegisteringConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Counters of logins and bindings.
 */
class MetricsIT extends AbstractRegisteringConversation {

	private static final Application site = Application.with(qq)
		.source(RegisteringSite.class, Measured.class)
		.property("qq.oauth2.login-timeout", "2s")
		.start();

	MetricsIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private Map<String, Double> counts() {
		Map<String, Double> counts = new TreeMap<>();
		this.application.bean(MeterRegistry.class)
			.find("qq.logins")
			.counters()
			.forEach((counter) -> counts.put(counter.getId().getTag("outcome"), counter.count()));
		return counts;
	}

	@Test
	@Tag("T-44")
	void outcomesThenCountedByFixedSetOfTags() {
		this.application.bean(MeterRegistry.class).clear();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("alice", "wrong");
		this.visit.bind("alice", "alice-password");
		new Visit(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("account/qq");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "alice-password"));
		Visit broken = new Visit(this.application, qq);
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		broken.qqLogin(QqPerson.PANDA);
		broken.qqLogin(QqPerson.PANDA);
		Browser.Page form = broken.browser().get("login/qq/bind?tab=register");
		broken.browser().submit(form, "login/qq/register", RegisteringSite.FORM);
		assertThat(counts()).isEqualTo(Map.of("binding-required", 2.0, "bound", 1.0, "logged-in", 1.0, "same-account",
				1.0, "unbound", 1.0, "unavailable", 1.0, "registered", 1.0));
		for (int i = 0; i < 20; i++) {
			cancel(i);
		}
		List<String> meters = meters();
		for (int i = 20; i < 300; i++) {
			cancel(i);
		}
		assertThat(counts()).containsEntry("cancelled", 300.0).hasSize(8);
		assertThat(meters()).isEqualTo(meters);
	}

	/**
	 * Meters of Spring Security are left out, because they are registered on first use.
	 */
	private List<String> meters() {
		return this.application.bean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().toString())
			.filter((id) -> id.contains("qq") || id.contains("http.client"))
			.sorted()
			.toList();
	}

	private void cancel(int number) {
		Visit visitor = new Visit(this.application, qq);
		String state = visitor.authorize(Visit.START).getQuery().replaceAll(".*state=([^&]*).*", "$1");
		visitor.browser()
			.get("login/oauth2/code/qq?error=" + Integer.toHexString(number * 7919) + "&error_description=" + number
					+ "&state=" + state);
	}

	/**
	 * Adds a meter registry.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Measured {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

	}

}
