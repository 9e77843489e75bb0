package io.github.qqoauth2.bind;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import io.github.qqoauth2.client.QqClient;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Prepares the first QQ login in the background, once the application is ready: with half
 * a core, the first call to QQ and the first bind page take seconds otherwise. The thread
 * ends by itself and does not keep the JVM from ending.
 */
final class WarmUp implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(WarmUp.class);

	private final QqClient client;

	private final BindPage page;

	WarmUp(QqClient client, BindPage page) {
		this.client = client;
		this.page = page;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		Thread thread = new Thread(this::run, "qq-warm-up");
		thread.setDaemon(true);
		thread.start();
	}

	void run() {
		this.client.warmUp();
		try {
			writePage();
			logger.debug("The first QQ login is prepared");
		}
		catch (RuntimeException ex) {
			logger.debug("The first bind page will be slower", ex);
		}
	}

	private void writePage() {
		PendingBinding pending = new PendingBinding("0", new QqIdentity("0", "0", null),
				QqProfile.of(Map.of("nickname", "QQ")), null, Instant.EPOCH, 0, null, null, false, null, null);
		this.page.warmUp(Objects.requireNonNull(PendingBinding.read(pending.write())));
	}

}
