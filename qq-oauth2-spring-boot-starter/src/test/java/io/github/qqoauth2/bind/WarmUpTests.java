package io.github.qqoauth2.bind;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.support.StaticMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTests {

	private final LoginFixture fixture = new LoginFixture();

	private final QqReplies qq = new QqReplies(Map.of());

	private final List<String> asked = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.qq.close();
	}

	private WarmUp warmUp(MessageSource application) {
		LoginMessages messages = new LoginMessages(application, (request) -> Locale.ENGLISH);
		return new WarmUp(this.qq.client(),
				new BindPage(new PageLayout(null), messages, this.fixture.chain, true, null));
	}

	@Test
	void runWhenCalledThenBindPageIsGeneratedInBothLanguagesWithoutCallingQq() {
		warmUp(new StaticMessageSource() {

			@Override
			protected @Nullable String getMessageInternal(@Nullable String code, Object @Nullable [] arguments,
					@Nullable Locale locale) {
				WarmUpTests.this.asked.add(code + " " + locale);
				return null;
			}

		}).run();
		assertThat(this.asked).contains("qq.oauth2.bind.greeting zh_CN", "qq.oauth2.bind.afterwards zh_CN",
				"qq.oauth2.bind.greeting en", "qq.oauth2.bind.afterwards en");
		assertThat(this.qq.requests()).isEmpty();
	}

	@Test
	void runWhenMessagesOfApplicationFailThenNoException() {
		warmUp(new MessageSource() {

			@Override
			public String getMessage(String code, Object @Nullable [] arguments, @Nullable String defaultMessage,
					@Nullable Locale locale) {
				throw new IllegalStateException("of the application");
			}

			@Override
			public String getMessage(String code, Object @Nullable [] arguments, @Nullable Locale locale) {
				throw new IllegalStateException("of the application");
			}

			@Override
			public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
				throw new IllegalStateException("of the application");
			}

		}).run();
	}

}
