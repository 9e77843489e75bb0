package io.github.qqoauth2.conversation.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.qqoauth2.conversation.Browser;

/**
 * Sends the same request from several browsers at once.
 */
final class ParallelCalls {

	private ParallelCalls() {
	}

	/**
	 * Returns the responses in the order of the browsers.
	 */
	static List<Browser.Page> get(List<Browser> browsers, String path) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(browsers.size());
		CyclicBarrier together = new CyclicBarrier(browsers.size());
		try {
			List<Future<Browser.Page>> calls = new ArrayList<>();
			for (Browser browser : browsers) {
				calls.add(threads.submit(() -> {
					together.await();
					return browser.get(path);
				}));
			}
			List<Browser.Page> answers = new ArrayList<>();
			for (Future<Browser.Page> call : calls) {
				answers.add(call.get());
			}
			return answers;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
