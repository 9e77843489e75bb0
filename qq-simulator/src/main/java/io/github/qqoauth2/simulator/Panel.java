package io.github.qqoauth2.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * {@code /simulator}: shows and changes the people, what the next calls return, and the
 * latest calls. A page for browsers; JSON for programs, which send the same forms.
 */
final class Panel {

	private static final String PATH = "/simulator";

	private static final int MAX_TIMES = 100;

	private static final Duration SLOW = Duration.ofSeconds(10);

	private static final Duration SILENCE = Duration.ofMinutes(1);

	private final Runnable reset;

	private final Registry registry;

	private final Traffic traffic;

	Panel(Runnable reset, Registry registry, Traffic traffic) {
		this.reset = reset;
		this.registry = registry;
		this.traffic = traffic;
	}

	static boolean isAt(String path) {
		return path.equals(PATH) || path.startsWith(PATH + "/");
	}

	void answer(PanelRequest request, Response response, Callback callback) {
		String problem = null;
		if (request.isFromOtherSite()) {
			write(response, callback, HttpStatus.FORBIDDEN_403, "text/plain",
					"Only pages of the simulator may do this.");
			return;
		}
		if (request.method().equals("POST")) {
			try {
				change(request);
			}
			catch (IllegalArgumentException ex) {
				problem = String.valueOf(ex.getMessage());
			}
			if (problem == null && request.wantsHtml()) {
				response.getHeaders().put(HttpHeader.LOCATION, PATH);
				write(response, callback, HttpStatus.SEE_OTHER_303, "text/plain", "");
				return;
			}
		}
		show(request, response, callback, problem);
	}

	private void show(PanelRequest request, Response response, Callback callback, @Nullable String problem) {
		int status = (problem != null) ? HttpStatus.BAD_REQUEST_400 : HttpStatus.OK_200;
		if (request.wantsHtml()) {
			String html = PanelPage.html(Messages.of(request.languages()), this.registry, this.traffic, problem);
			PageReply.of(html).content().headers().forEach((name, value) -> response.getHeaders().put(name, value));
			write(response, callback, status, "text/html; charset=utf-8", html);
			return;
		}
		write(response, callback, status, "application/json; charset=utf-8", (problem != null)
				? JsonText.object(Map.of("error", problem)) : PanelJson.state(this.registry, this.traffic));
	}

	private static void write(Response response, Callback callback, int status, String contentType, String body) {
		response.setStatus(status);
		response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
		response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
		Content.Sink.write(response, true, body, callback);
	}

	private void change(PanelRequest request) {
		switch (request.path().substring(PATH.length())) {
			case "/people" -> this.registry.add(person(request));
			case "/people/remove" -> this.registry.removePerson(request.parameter("name"));
			case "/replies" -> enqueue(request);
			case "/reset" -> this.reset.run();
			default -> throw new IllegalArgumentException("There is nothing at " + request.path());
		}
	}

	private static QqPerson person(PanelRequest request) {
		String name = request.parameter("name");
		if (!name.matches("[A-Za-z0-9._-]{1,40}")) {
			throw new IllegalArgumentException("name: 1 to 40 letters, digits, dots, hyphens or underscores");
		}
		String gender = request.parameter("gender");
		String avatar = request.parameter("avatar");
		return new QqPerson(name, request.parameter("nickname"), gender.isEmpty() ? "男" : gender,
				avatar.isEmpty() ? null : avatar);
	}

	private void enqueue(PanelRequest request) {
		QqEndpoint endpoint = endpoint(request.parameter("endpoint"));
		QqReply reply = reply(request.parameter("reply"));
		String times = request.parameter("times");
		if (!times.isEmpty() && (!times.matches("[0-9]{1,3}") || Integer.parseInt(times) > MAX_TIMES)) {
			throw new IllegalArgumentException("times: 1 to " + MAX_TIMES);
		}
		for (int i = 0; i < (times.isEmpty() ? 1 : Integer.parseInt(times)); i++) {
			this.traffic.enqueue(endpoint, reply);
		}
	}

	private static QqEndpoint endpoint(String name) {
		try {
			return QqEndpoint.valueOf(name.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("endpoint: authorize, token, me or user_info", ex);
		}
	}

	/**
	 * Returns the reply of a name: a number of QQ, a status, or a kind of fault.
	 */
	private static QqReply reply(String name) {
		if (name.matches("-?[0-9]{1,6}") && PanelPage.isNumber(name)) {
			return QqReply.error(Integer.parseInt(name), "simulated");
		}
		return switch (name) {
			case "slow" -> QqReply.normal().delayed(SLOW);
			case "silent" -> QqReply.hang(SILENCE);
			case "down" -> QqReply.reset();
			case "busy" -> QqReply.status(HttpStatus.SERVICE_UNAVAILABLE_503);
			case "html" -> QqReply.of(HttpStatus.OK_200, "text/html", "<html><body>Sorry</body></html>");
			case "json" -> QqReply.of(HttpStatus.OK_200, "application/json", "{\"unexpected\":[true]}");
			default -> throw new IllegalArgumentException(
					"reply: one of QQ's numbers, or slow, silent, down, busy, html, json");
		};
	}

}
