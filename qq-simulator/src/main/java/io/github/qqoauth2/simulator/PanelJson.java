package io.github.qqoauth2.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of the simulator for programs.
 */
final class PanelJson {

	static final int LATEST = 50;

	private static final Set<String> SECRETS = Set.of("client_secret", "code", "access_token", "refresh_token");

	private PanelJson() {
	}

	static String state(Registry registry, Traffic traffic) {
		return "{\"people\":" + list(registry.people().stream().map(PanelJson::person).toList()) + ",\"apps\":"
				+ list(registry.apps().stream().map(PanelJson::app).toList()) + ",\"requests\":"
				+ list(latest(traffic).stream().map(PanelJson::request).toList()) + "}";
	}

	private static String person(QqPerson person) {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("name", person.name());
		model.put("nickname", person.nickname());
		model.put("gender", person.gender());
		if (person.avatar() != null) {
			model.put("avatar", person.avatar());
		}
		model.put("unionid", person.unionid());
		return JsonText.object(model);
	}

	private static String app(QqApp app) {
		return "{\"appId\":" + JsonText.quote(app.appId()) + ",\"redirectUris\":"
				+ list(app.redirectUris().stream().sorted().map(JsonText::quote).toList()) + "}";
	}

	private static String request(QqRequest request) {
		return "{\"endpoint\":" + JsonText.quote(request.endpoint().path()) + ",\"method\":"
				+ JsonText.quote(request.method()) + ",\"parameters\":" + JsonText.object(masked(request)) + "}";
	}

	private static String list(List<String> elements) {
		return elements.stream().collect(Collectors.joining(",", "[", "]"));
	}

	/**
	 * Returns the latest requests, the last one first.
	 */
	static List<QqRequest> latest(Traffic traffic) {
		List<QqRequest> requests = traffic.requests();
		List<QqRequest> latest = new ArrayList<>(
				requests.subList(Math.max(0, requests.size() - LATEST), requests.size()));
		Collections.reverse(latest);
		return latest;
	}

	/**
	 * Returns the parameters of a request. Of secrets only the length is shown.
	 */
	static Map<String, String> masked(QqRequest request) {
		Map<String, String> masked = new LinkedHashMap<>();
		request.parameters().forEach((name, values) -> {
			String value = String.join(" ", values);
			masked.put(name, SECRETS.contains(name) ? "… (" + value.length() + ")" : value);
		});
		return masked;
	}

}
