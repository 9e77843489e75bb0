package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The page of the {@link Panel}.
 */
final class PanelPage {

	private static final Template PANEL = Template.load("panel.html");

	private static final Template PERSON = Template.load("panel-person.html");

	private static final Properties CHINESE_NUMBERS = numbers("numbers_zh.properties");

	private static final Properties ENGLISH_NUMBERS = numbers("numbers_en.properties");

	private static final List<QqEndpoint> ENDPOINTS = List.of(QqEndpoint.AUTHORIZE, QqEndpoint.TOKEN, QqEndpoint.ME,
			QqEndpoint.USER_INFO);

	private static final List<String> FAULTS = List.of("slow", "silent", "down", "busy", "html", "json");

	private PanelPage() {
	}

	private static Properties numbers(String file) {
		Properties numbers = new Properties();
		try {
			numbers.load(new StringReader(Template.read(file)));
			return numbers;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static boolean isNumber(String number) {
		return ENGLISH_NUMBERS.containsKey(number);
	}

	static String html(Messages messages, Registry registry, Traffic traffic, @Nullable String problem) {
		Map<String, String> values = new HashMap<>();
		for (String name : List.of("panel-heading", "panel-people", "panel-add", "panel-name", "panel-nickname",
				"panel-gender", "panel-avatar", "panel-save", "panel-next", "panel-endpoint", "panel-reply",
				"panel-times", "panel-queue", "panel-calls", "panel-callback", "panel-reset", "panel-reset-text")) {
			values.put(name, messages.get(name));
		}
		values.put("problem", (problem != null) ? "<p class=\"alert\">" + Html.escape(problem) + "</p>" : "");
		values.put("people",
				registry.people().stream().map((person) -> person(messages, person)).collect(Collectors.joining()));
		values.put("endpoints",
				ENDPOINTS.stream()
					.map((endpoint) -> option(endpoint.name().toLowerCase(Locale.ROOT),
							endpoint.path() + queued(messages, traffic.queued(endpoint))))
					.collect(Collectors.joining()));
		values.put("replies", replies(messages));
		values.put("calls", calls(messages, traffic));
		values.put("apps", registry.apps().stream().map((app) -> app(messages, app)).collect(Collectors.joining()));
		return Pages.page(messages, PANEL.fill(values));
	}

	private static String person(Messages messages, QqPerson person) {
		Map<String, String> values = new HashMap<>();
		for (String name : List.of("panel-nickname", "panel-gender", "panel-avatar", "panel-save", "panel-remove")) {
			values.put(name, messages.get(name));
		}
		values.put("name", Html.escape(person.name()));
		values.put("nickname", Html.escape(person.nickname()));
		values.put("shown", person.nickname().isBlank() ? messages.get("no-nickname") : Html.escape(person.nickname()));
		values.put("gender", Html.escape(person.gender()));
		values.put("avatar", Html.escape((person.avatar() != null) ? person.avatar() : ""));
		values.put("unionid", person.unionid());
		return PERSON.fill(values);
	}

	private static String queued(Messages messages, int queued) {
		return (queued > 0) ? " – " + messages.get("panel-queued", Integer.toString(queued)) : "";
	}

	private static String replies(Messages messages) {
		Properties numbers = messages.get("lang").equals("en") ? ENGLISH_NUMBERS : CHINESE_NUMBERS;
		Stream<String> faults = FAULTS.stream().map((fault) -> option(fault, messages.get("panel-" + fault)));
		Stream<String> errors = numbers.stringPropertyNames()
			.stream()
			.sorted(Comparator.comparingInt((String number) -> -Integer.parseInt(number)))
			.map((number) -> option(number, number + " " + Html.escape(numbers.getProperty(number))));
		return Stream.concat(faults, errors).collect(Collectors.joining());
	}

	private static String option(String value, String text) {
		return "<option value=\"" + value + "\">" + text + "</option>\n";
	}

	private static String calls(Messages messages, Traffic traffic) {
		List<QqRequest> latest = PanelJson.latest(traffic);
		if (latest.isEmpty()) {
			return "<p class=\"small\">" + messages.get("panel-no-calls") + "</p>\n";
		}
		return latest.stream().map(PanelPage::call).collect(Collectors.joining());
	}

	private static String call(QqRequest request) {
		String parameters = PanelJson.masked(request)
			.entrySet()
			.stream()
			.map((parameter) -> "<dt>" + Html.escape(parameter.getKey()) + "</dt>\n<dd>"
					+ Html.escape(parameter.getValue()) + "</dd>\n")
			.collect(Collectors.joining());
		return "<details>\n<summary>" + Html.escape(request.method() + " " + request.endpoint().path())
				+ "</summary>\n<dl>\n" + parameters + "</dl>\n</details>\n";
	}

	private static String app(Messages messages, QqApp app) {
		String callbacks = app.redirectUris().isEmpty() ? messages.get("panel-any-loopback")
				: app.redirectUris().stream().sorted().map(Html::escape).collect(Collectors.joining("<br>"));
		return "<dt>" + app.appId() + "</dt>\n<dd>" + callbacks + "</dd>\n";
	}

}
