package io.github.qqoauth2.demo.guard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that evicts the least recently used entry, so that requests from many addresses
 * cannot exhaust the memory.
 */
final class RecentEntries<V> extends LinkedHashMap<String, V> {

	private static final long serialVersionUID = 1L;

	private static final int MAX_ENTRIES = 10_000;

	RecentEntries() {
		super(16, 0.75F, true);
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
		return size() > MAX_ENTRIES;
	}

}
