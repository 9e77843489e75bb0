package io.github.qqoauth2.bind;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;

import io.github.qqoauth2.account.QqRegistrationField;

import static org.assertj.core.api.Assertions.assertThat;

class ConsentLabelTests {

	private final StaticMessageSource messages = new StaticMessageSource();

	private ConsentLabel label(String... links) {
		LoginMessages.Localized texts = new LoginMessages(this.messages, (request) -> Locale.ENGLISH)
			.in(Locale.ENGLISH);
		return new ConsentLabel(QqRegistrationField.consent("rules", links), texts, "/shop");
	}

	private void message(String key, String text) {
		this.messages.addMessage("qq.oauth2.register.rules" + key, Locale.ENGLISH, text);
	}

	@Test
	void labelWhenMessageHasPlacesThenLinksAreThere() {
		message("", "I've read {1} before {0}.".replace("'", "''"));
		message(".link1", "<terms>");
		message(".link2", "privacy");
		ConsentLabel label = label("/terms", "https://shop.example/?a=1&b=2");
		assertThat(label.text()).isEqualTo("I've read privacy before <terms>.");
		assertThat(label.html()).hasToString("I&#39;ve read <a href=\"https://shop.example/?a=1&amp;b=2\" "
				+ "target=\"_blank\" rel=\"noopener\">privacy</a> before <a href=\"/shop/terms\" target=\"_blank\" "
				+ "rel=\"noopener\">&lt;terms&gt;</a>.");
		assertThat(label.links()).isEqualTo(List.of(Map.of("label", "<terms>", "href", "/shop/terms"),
				Map.of("label", "privacy", "href", "https://shop.example/?a=1&b=2")));
	}

	@Test
	void labelWhenMessageHasNoPlaceThenLinksFollow() {
		message("", "I agree");
		message(".link1", "terms");
		assertThat(label("/terms", "/privacy").text()).isEqualTo("I agree terms /privacy");
		assertThat(label("/terms").html())
			.hasToString("I agree <a href=\"/shop/terms\" target=\"_blank\" rel=\"noopener\">terms</a>");
	}

	@Test
	void labelWhenNoMessagesThenNameAndAddress() {
		assertThat(label("/terms").text()).isEqualTo("rules /terms");
	}

}
