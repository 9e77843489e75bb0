package io.github.qqoauth2.simulator;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The consent page. Its form sends the parameters of the authorization request back to
 * the same URL.
 */
final class ConsentPage {

	private static final Template CONSENT = Template.load("consent.html");

	private static final Template PERSON = Template.load("person.html");

	private static final Set<String> OWN_FIELDS = Set.of("person", "action", "password", "scan");

	private static final int TONES = 4;

	private ConsentPage() {
	}

	static String html(QqRequest request, Authorization authorization, List<QqPerson> people) {
		Messages messages = Pages.messages(request);
		Map<String, String> values = new HashMap<>();
		for (String name : List.of("heading", "choose", "agree", "cancel", "developer", "developer-text", "usercancel",
				"deny", "panel-link")) {
			values.put(name, messages.get(name));
		}
		values.put("request", messages.get("request", authorization.app().appId()));
		values.put("returns", messages.get("returns", URI.create(authorization.redirectUri()).getRawAuthority()));
		values.put("path", request.endpoint().path());
		values.put("fields", fields(request));
		values.put("parameters", Pages.parameters(request));
		values.put("people", people(messages, people));
		return Pages.page(messages, CONSENT.fill(values));
	}

	static String people(Messages messages, List<QqPerson> people) {
		return people.stream()
			.map((person) -> person(messages, person, person.equals(people.get(0))))
			.collect(Collectors.joining());
	}

	static String fields(QqRequest request) {
		return request.parameters()
			.entrySet()
			.stream()
			.filter((parameter) -> !OWN_FIELDS.contains(parameter.getKey()))
			.flatMap((parameter) -> parameter.getValue()
				.stream()
				.map((value) -> "<input type=\"hidden\" name=\"" + Html.escape(parameter.getKey()) + "\" value=\""
						+ Html.escape(value) + "\">\n"))
			.collect(Collectors.joining());
	}

	private static String person(Messages messages, QqPerson person, boolean checked) {
		Map<String, String> values = values(messages, person);
		values.put("checked", checked ? " checked" : "");
		return PERSON.fill(values);
	}

	static Map<String, String> values(Messages messages, QqPerson person) {
		boolean nameless = person.nickname().isBlank();
		Map<String, String> values = new HashMap<>();
		values.put("name", Html.escape(person.name()));
		values.put("nickname", nameless ? messages.get("no-nickname") : Html.escape(person.nickname()));
		values.put("muted", nameless ? " class=\"muted\"" : "");
		values.put("initial", Html.escape(initial(nameless ? person.name() : person.nickname())));
		values.put("tone",
				(person.avatar() != null) ? "tone-" + Math.floorMod(person.name().hashCode(), TONES) : "tone-none");
		return values;
	}

	private static String initial(String name) {
		return name.substring(0, name.offsetByCodePoints(0, 1));
	}

}
