package io.github.qqoauth2.conversation.operation;

import java.util.List;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records the log during a test.
 */
final class ErrorLog implements BeforeEachCallback, AfterEachCallback {

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@Override
	public void beforeEach(ExtensionContext context) {
		this.lines.start();
		root().addAppender(this.lines);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		root().detachAppender(this.lines);
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	void clear() {
		this.lines.list.clear();
	}

	/**
	 * Asserts that one warning or error was logged, with this error id and with the
	 * exception of the failing bean as its cause.
	 */
	void assertLoggedOnce(String id) {
		assertThat(id).matches("[0-9a-f]{16}");
		List<ILoggingEvent> warnings = this.lines.list.stream()
			.filter((line) -> line.getLevel().isGreaterOrEqual(Level.WARN))
			.filter((line) -> !line.getLoggerName().startsWith("com.networknt"))
			.toList();
		assertThat(warnings).extracting(ILoggingEvent::getFormattedMessage).singleElement().asString().contains(id);
		IThrowableProxy cause = Objects.requireNonNull(warnings.get(0).getThrowableProxy());
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		assertThat(cause.getMessage()).isEqualTo(FailingLoginSite.MESSAGE);
		assertThat(cause.getStackTraceElementProxyArray()).isNotEmpty();
	}

}
