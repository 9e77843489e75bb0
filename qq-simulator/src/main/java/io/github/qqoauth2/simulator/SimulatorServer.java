package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The server and its port, which does not change with the {@link QqNetwork}.
 */
final class SimulatorServer implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * Longer, because after the start only a closed listener of this server occupies the
	 * port.
	 */
	private static final Duration CHANGE_TIMEOUT = Duration.ofMinutes(1);

	private static final int RETRY_PAUSE = 50;

	private static final int MAX_THREADS = 200;

	private static final int MIN_THREADS = 4;

	private static final long IDLE_TIMEOUT = 2 * 60 * 60 * 1000L;

	private final Server server;

	private final Protocols protocols;

	private final String host;

	private final int port;

	private @Nullable PortReservation reservation;

	private @Nullable ServerConnector connector;

	private @Nullable BlackHole blackHole;

	private QqNetwork network = QqNetwork.UP;

	SimulatorServer(String host, int port, Protocols protocols, Handler handler) {
		QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
		threads.setName("qq-simulator");
		threads.setDaemon(true);
		this.server = new Server(threads);
		this.server.setHandler(handler);
		this.server.setStopTimeout(0);
		this.host = host;
		this.protocols = protocols;
		try {
			PortReservation reserved = retry(START_TIMEOUT, () -> PortReservation.of(host, port));
			this.reservation = reserved;
			this.server.start();
			this.port = listen(reserved.port()).getLocalPort();
		}
		catch (Exception ex) {
			close();
			throw new IllegalStateException("The simulator cannot listen on " + host + ":" + port, ex);
		}
	}

	int port() {
		return this.port;
	}

	synchronized void up() {
		if (this.network != QqNetwork.UP) {
			network(QqNetwork.UP);
		}
	}

	synchronized void network(QqNetwork network) {
		this.protocols.check(network);
		this.network = network;
		try {
			stopListening();
			if (network == QqNetwork.BLACK_HOLE) {
				InetSocketAddress address = new InetSocketAddress(this.host, this.port);
				this.blackHole = retry(CHANGE_TIMEOUT, () -> BlackHole.open(address));
			}
			else if (network == QqNetwork.REFUSED) {
				awaitRefusal();
			}
			else {
				listen(this.port, network, CHANGE_TIMEOUT);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("The simulator cannot change to " + network, ex);
		}
	}

	private ServerConnector listen(int port) throws Exception {
		try {
			return open(port, QqNetwork.UP);
		}
		catch (IOException ex) {
			// A system that only resembles Linux may not allow to listen on a reserved
			// port.
			releasePort();
			return listen(port, QqNetwork.UP, START_TIMEOUT);
		}
	}

	/**
	 * A closed listener accepts connections until its accept call returns. Until then the
	 * port cannot be reserved.
	 */
	private void awaitRefusal() throws Exception {
		retry(CHANGE_TIMEOUT, () -> PortReservation.of(this.host, this.port)).close();
	}

	private ServerConnector listen(int port, QqNetwork network, Duration timeout) throws Exception {
		return retry(timeout, () -> open(port, network));
	}

	/**
	 * Retries, because a port that was just closed is not always free immediately.
	 */
	private static <T> T retry(Duration timeout, Callable<T> binding) throws Exception {
		long start = System.nanoTime();
		while (true) {
			try {
				return binding.call();
			}
			catch (IOException ex) {
				if (System.nanoTime() - start > timeout.toNanos()) {
					throw ex;
				}
				Thread.sleep(RETRY_PAUSE);
			}
		}
	}

	private ServerConnector open(int port, QqNetwork network) throws Exception {
		ServerConnector opened = new ServerConnector(this.server, 1, 1, this.protocols.factories(network));
		opened.setHost(this.host);
		opened.setPort(port);
		opened.setIdleTimeout(IDLE_TIMEOUT);
		this.server.addConnector(opened);
		try {
			opened.start();
		}
		catch (IOException ex) {
			this.server.removeConnector(opened);
			throw ex;
		}
		this.connector = opened;
		return opened;
	}

	private void stopListening() throws Exception {
		if (this.connector != null) {
			this.connector.stop();
			this.server.removeConnector(this.connector);
			this.connector = null;
		}
		if (this.blackHole != null) {
			this.blackHole.close();
			this.blackHole = null;
		}
	}

	private void releasePort() throws IOException {
		if (this.reservation != null) {
			this.reservation.close();
		}
	}

	void join() throws InterruptedException {
		this.server.join();
	}

	@Override
	public synchronized void close() {
		try {
			stopListening();
			releasePort();
			this.server.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The simulator did not stop", ex);
		}
	}

}
