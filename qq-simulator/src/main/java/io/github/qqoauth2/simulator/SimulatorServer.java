package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The server and its one port, which stays the same whatever the network does.
 */
final class SimulatorServer implements AutoCloseable {

	private static final int BIND_ATTEMPTS = 40;

	private static final int BIND_PAUSE = 50;

	private static final int MOST_THREADS = 200;

	private static final int IDLE_THREADS = 4;

	private static final long IDLE_TIMEOUT = 2 * 60 * 60 * 1000L;

	private final Server server;

	private final Protocols protocols;

	private final String host;

	private final int port;

	private @Nullable ServerConnector connector;

	private @Nullable BlackHole blackHole;

	private QqNetwork network = QqNetwork.UP;

	SimulatorServer(String host, int port, Protocols protocols, Handler handler) {
		QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, IDLE_THREADS);
		threads.setName("qq-simulator");
		threads.setDaemon(true);
		this.server = new Server(threads);
		this.server.setHandler(handler);
		this.server.setStopTimeout(0);
		this.host = host;
		this.protocols = protocols;
		try {
			this.server.start();
			this.port = listen(port, QqNetwork.UP).getLocalPort();
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
			silence();
			if (network == QqNetwork.BLACK_HOLE) {
				this.blackHole = new BlackHole(new InetSocketAddress(this.host, this.port));
			}
			else if (network != QqNetwork.REFUSED) {
				listen(this.port, network);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("The simulator cannot change to " + network, ex);
		}
	}

	/**
	 * A port that was given up a moment ago is not always free at once.
	 */
	private ServerConnector listen(int port, QqNetwork network) throws Exception {
		for (int attempt = 1;; attempt++) {
			try {
				return open(port, network);
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
			throw ex;
		}
		this.connector = opened;
		return opened;
	}

	private void silence() throws Exception {
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

	void join() throws InterruptedException {
		this.server.join();
	}

	@Override
	public synchronized void close() {
		try {
			silence();
			this.server.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The simulator did not stop", ex);
		}
	}

}
