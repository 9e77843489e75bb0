package io.github.qqoauth2.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The recorded requests and the queued replies.
 */
final class Traffic {

	static final int MAX_REQUESTS = 10_000;

	private final Deque<QqRequest> requests = new ArrayDeque<>();

	private final Map<QqEndpoint, Deque<QqReply>> replies = new EnumMap<>(QqEndpoint.class);

	synchronized void record(QqRequest request) {
		if (this.requests.size() == MAX_REQUESTS) {
			this.requests.removeFirst();
		}
		this.requests.addLast(request);
	}

	synchronized List<QqRequest> requests() {
		return List.copyOf(this.requests);
	}

	synchronized void clearRequests() {
		this.requests.clear();
	}

	synchronized void enqueue(QqEndpoint endpoint, QqReply reply) {
		this.replies.computeIfAbsent(endpoint, (key) -> new ArrayDeque<>()).addLast(reply);
	}

	synchronized @Nullable QqReply nextReply(QqEndpoint endpoint) {
		Deque<QqReply> queue = this.replies.get(endpoint);
		return (queue != null) ? queue.pollFirst() : null;
	}

	/**
	 * Returns the number of queued replies of an endpoint.
	 */
	synchronized int queued(QqEndpoint endpoint) {
		Deque<QqReply> queue = this.replies.get(endpoint);
		return (queue != null) ? queue.size() : 0;
	}

	synchronized void reset() {
		this.requests.clear();
		this.replies.clear();
	}

}
