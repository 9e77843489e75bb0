package io.github.qqoauth2.conversation.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayIT extends AbstractConversation {

	private static final int CALLS = 32;

	@Test
	@Tag("T-03")
	void callbackWhenConcurrentThenOneLogsIn() throws Exception {
		givenBinding(QqPerson.XIAO_MING, "alice");
		for (int round = 0; round < 5; round++) {
			Visit visitor = new Visit(application, qq);
			String callback = visitor.approve(QqPerson.XIAO_MING, Visit.START);
			application.bean(Site.Events.class).clear();
			qq.clearRequests();
			String session = Objects.requireNonNull(visitor.browser().cookie("JSESSIONID"));
			List<String> locations = inParallel(callback, session);
			assertThat(locations).hasSize(CALLS);
			assertThat(locations.stream().filter("/"::equals)).hasSize(1);
			assertThat(locations.stream().filter("/login/qq/error"::equals)).hasSize(CALLS - 1);
			assertThat(application.bean(Site.Events.class).names())
				.containsOnlyOnce("InteractiveAuthenticationSuccessEvent");
			assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
			assertThat(application.bindings()).containsOnlyKeys("alice");
		}
	}

	private static List<String> inParallel(String callback, String session) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(CALLS);
		try {
			List<Future<String>> answers = new ArrayList<>();
			for (int i = 0; i < CALLS; i++) {
				answers.add(threads.submit(() -> {
					Browser browser = application.browser();
					browser.cookie("JSESSIONID", session);
					return String.valueOf(browser.get(callback).location());
				}));
			}
			List<String> locations = new ArrayList<>();
			for (Future<String> answer : answers) {
				locations.add(answer.get());
			}
			return locations;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
