package io.github.qqoauth2.conversation.operation;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.simulator.QqNetwork;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first login is prepared in the background once the application is ready.
 */
@ExtendWith(OutputCaptureExtension.class)
class WarmUpIT {

	private static final String PREPARED = "The first QQ login is prepared";

	@Test
	void startWhenQqIsAwayThenPreparesWithoutFailureAndLeavesNoThread(CapturedOutput output)
			throws InterruptedException {
		try (QqSimulator qq = QqSimulator.start()) {
			qq.network(QqNetwork.REFUSED);
			try (Application application = Application.with(qq)
				.source(Site.WithChain.class)
				.property("logging.level.io.github.qqoauth2", "debug")
				.start()) {
				for (int i = 0; i < 300 && (!output.getOut().contains(PREPARED) || hasThread()); i++) {
					Thread.sleep(100);
				}
				assertThat(output.getOut()).containsOnlyOnce(PREPARED).doesNotContain("will be slower");
				assertThat(hasThread()).isFalse();
				assertThat(application.context().isActive()).isTrue();
			}
			assertThat(qq.requests()).isEmpty();
		}
	}

	private static boolean hasThread() {
		List<String> threads = Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
		return threads.contains("qq-warm-up");
	}

}
