package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.account.QqRegistrationField;

/**
 * The label of a consent, in which the application's message places the links.
 */
final class ConsentLabel {

	/**
	 * Marks the places of the links in the message: a character of Unicode's private use
	 * area for each.
	 */
	private static final char FIRST_PLACE = '\uE000';

	private final QqRegistrationField field;

	private final LoginMessages.Localized texts;

	private final String contextPath;

	ConsentLabel(QqRegistrationField field, LoginMessages.Localized texts, String contextPath) {
		this.field = field;
		this.texts = texts;
		this.contextPath = contextPath;
	}

	/**
	 * Returns the label with its links, which open in a new tab.
	 */
	Html html() {
		Html html = new Html();
		int from = 0;
		String message = message();
		for (int i = 0; i < message.length(); i++) {
			int link = message.charAt(i) - FIRST_PLACE;
			if (link >= 0 && link < this.field.links().size()) {
				html.add("{}<a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a>", message.substring(from, i),
						address(link), linkText(link));
				from = i + 1;
			}
		}
		return html.add("{}", message.substring(from));
	}

	/**
	 * Returns the label as plain text, which contains the text of each link.
	 */
	String text() {
		String text = message();
		for (int i = 0; i < this.field.links().size(); i++) {
			text = text.replace(place(i), linkText(i));
		}
		return text;
	}

	List<Map<String, String>> links() {
		List<Map<String, String>> links = new ArrayList<>();
		for (int i = 0; i < this.field.links().size(); i++) {
			links.add(Map.of("label", linkText(i), "href", address(i)));
		}
		return links;
	}

	/**
	 * Returns the message with a mark at the place of each link. Links for which it has
	 * no place follow it.
	 */
	private String message() {
		Object[] places = new Object[this.field.links().size()];
		for (int i = 0; i < places.length; i++) {
			places[i] = place(i);
		}
		String own = text("register." + this.field.name(), places);
		StringBuilder message = new StringBuilder((own != null) ? own : this.field.name());
		for (Object place : places) {
			if (message.indexOf(place.toString()) < 0) {
				message.append(' ').append(place);
			}
		}
		return message.toString();
	}

	private static String place(int link) {
		return String.valueOf((char) (FIRST_PLACE + link));
	}

	private String linkText(int link) {
		String text = text("register." + this.field.name() + ".link" + (link + 1));
		return (text != null) ? text : this.field.links().get(link);
	}

	private @Nullable String text(String key, Object... arguments) {
		return this.texts.textOrNull(key, arguments);
	}

	private String address(int link) {
		String address = this.field.links().get(link);
		return address.startsWith("/") ? this.contextPath + address : address;
	}

}
