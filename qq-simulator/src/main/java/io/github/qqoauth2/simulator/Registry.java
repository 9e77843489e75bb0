package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The registered apps and people.
 */
final class Registry {

	private final Map<String, QqApp> apps = new LinkedHashMap<>();

	private final Map<String, QqPerson> people = new LinkedHashMap<>();

	synchronized void add(QqApp app) {
		this.apps.put(app.appId(), app);
	}

	synchronized void add(QqPerson person) {
		this.people.put(person.name(), person);
	}

	synchronized @Nullable QqApp app(@Nullable String appId) {
		return this.apps.get(appId);
	}

	synchronized @Nullable QqPerson person(@Nullable String name) {
		return this.people.get(name);
	}

	synchronized void removePerson(String name) {
		this.people.remove(name);
	}

	synchronized List<QqApp> apps() {
		return List.copyOf(this.apps.values());
	}

	synchronized List<QqPerson> people() {
		return List.copyOf(this.people.values());
	}

}
