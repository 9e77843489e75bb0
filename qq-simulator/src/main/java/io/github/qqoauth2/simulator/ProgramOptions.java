package io.github.qqoauth2.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of the command line.
 *
 * @param port the port to listen on
 * @param app the app to register
 */
record ProgramOptions(int port, QqApp app) {

	private static final String DEFAULT_PORT = "9100";

	private static final Set<String> NAMES = Set.of("--port", "--app-id", "--app-key", "--redirect-uri");

	static ProgramOptions parse(String... arguments) {
		Map<String, List<String>> values = values(arguments);
		QqApp app = new QqApp(last(values, "--app-id", QqSimulator.APP_ID),
				last(values, "--app-key", QqSimulator.APP_KEY),
				Set.copyOf(values.getOrDefault("--redirect-uri", List.of())), true);
		return new ProgramOptions(port(last(values, "--port", DEFAULT_PORT)), app);
	}

	private static Map<String, List<String>> values(String[] arguments) {
		Map<String, List<String>> values = new HashMap<>();
		for (int i = 0; i < arguments.length; i++) {
			int equals = arguments[i].indexOf('=');
			String name = (equals < 0) ? arguments[i] : arguments[i].substring(0, equals);
			if (!NAMES.contains(name)) {
				throw new IllegalArgumentException("Unknown option " + name);
			}
			String value = (equals < 0) ? following(arguments, i++) : arguments[i].substring(equals + 1);
			values.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
		}
		return values;
	}

	private static String last(Map<String, List<String>> values, String name, String absent) {
		List<String> given = values.getOrDefault(name, List.of(absent));
		return given.get(given.size() - 1);
	}

	private static String following(String[] arguments, int index) {
		if (index + 1 == arguments.length) {
			throw new IllegalArgumentException(arguments[index] + " requires a value");
		}
		return arguments[index + 1];
	}

	private static int port(String value) {
		if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
			throw new IllegalArgumentException("--port must be 0 to 65535");
		}
		return Integer.parseInt(value);
	}

}
