package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
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

	private static final int BIND_ATTEMPTS = 40;

	private static final int BIND_PAUSE = 50;

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
			PortReservation reserved = retry(port, () -> PortReservation.of(host, port));
			this.reservation = reserved;
			this.server.start();
			this.port = listen(reserved.port(), QqNetwork.UP).getLocalPort();
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
				this.blackHole = retry(this.port, () -> BlackHole.open(address));
			}
			else if (network != QqNetwork.REFUSED) {
				listen(this.port, network);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("The simulator cannot change to " + network, ex);
		}
	}

	private ServerConnector listen(int port, QqNetwork network) throws Exception {
		return retry(port, () -> open(port, network));
	}

	/**
	 * Retries, because a port that was just closed is not always free immediately.
	 */
	private static <T> T retry(int port, Callable<T> binding) throws Exception {
		for (int attempt = 1;; attempt++) {
			try {
				return binding.call();
			}
			catch (IOException ex) {
				if (port == 0 || attempt == BIND_ATTEMPTS) {
					throw ex;
				}
				Thread.sleep(BIND_PAUSE);
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
			// A system that only resembles Linux may not share a reserved port.
			releasePort();
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
