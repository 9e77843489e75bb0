package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that removes its oldest entry when it is full.
 *
 * @param <V> the type of the values
 */
@SuppressWarnings("serial")
final class BoundedMap<V> extends LinkedHashMap<String, V> {

	private static final int CAPACITY = 100_000;

	@Override
	protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
		return size() > CAPACITY;
	}

}
