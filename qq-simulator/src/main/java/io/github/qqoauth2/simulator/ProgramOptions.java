package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The options of the command line.
 *
 * @param port the port to listen on
 * @param app the app to register
 */
record ProgramOptions(int port, QqApp app, List<QqPerson> people) {

	private static final String DEFAULT_PORT = "9100";

	private static final String NICKNAME = ".nickname";

	private static final Set<String> NAMES = Set.of("--port", "--app-id", "--app-key", "--redirect-uri", "--people");

	static ProgramOptions parse(String... arguments) {
		Map<String, List<String>> values = values(arguments);
		QqApp app = new QqApp(last(values, "--app-id", QqSimulator.APP_ID),
				last(values, "--app-key", QqSimulator.APP_KEY),
				Set.copyOf(values.getOrDefault("--redirect-uri", List.of())), true);
		return new ProgramOptions(port(last(values, "--port", DEFAULT_PORT)), app,
				values.getOrDefault("--people", List.of()).stream().flatMap((file) -> people(Path.of(file))).toList());
	}

	/**
	 * Reads people from a properties file in UTF-8: {@code lan.nickname}, and optionally
	 * {@code lan.gender} and {@code lan.avatar}.
	 */
	private static Stream<QqPerson> people(Path file) {
		Properties properties = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			properties.load(reader);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("--people: cannot read " + file, ex);
		}
		return properties.stringPropertyNames()
			.stream()
			.filter((key) -> key.endsWith(NICKNAME))
			.map((key) -> key.substring(0, key.length() - NICKNAME.length()))
			.sorted()
			.map((name) -> new QqPerson(name, properties.getProperty(name + NICKNAME),
					properties.getProperty(name + ".gender", "男"), properties.getProperty(name + ".avatar")));
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
