package io.github.qqoauth2.demo.guard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets the entry that was not asked for the longest, so that inventing
 * addresses fills no memory.
 */
final class RecentEntries<V> extends LinkedHashMap<String, V> {

	private static final long serialVersionUID = 1L;

	private static final int KEPT = 10_000;

	RecentEntries() {
		super(16, 0.75F, true);
	}

	@Override
	protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
		return size() > KEPT;
	}

}
