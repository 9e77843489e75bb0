package io.github.qqoauth2.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * Passes the bytes of connections on to another port: late, as a server with a slow
 * handshake, or through a tunnel, as an HTTP proxy that may require a password.
 */
final class Relay implements AutoCloseable {

	private final ServerSocket socket;

	private final int targetPort;

	private final int delayMillis;

	private final boolean tunnels;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final List<String> heads = new CopyOnWriteArrayList<>();

	private volatile @Nullable String requiredHeader;

	private volatile String refusal = "";

	private Relay(int targetPort, int delayMillis, boolean tunnels) {
		this.targetPort = targetPort;
		this.delayMillis = delayMillis;
		this.tunnels = tunnels;
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	static Relay delaying(int targetPort, int millis) {
		return new Relay(targetPort, millis, false);
	}

	static Relay proxy(int targetPort) {
		return new Relay(targetPort, 0, true);
	}

	/**
	 * Refuses each request, or with a header only those without it.
	 */
	Relay refusing(String response, @Nullable String unlessHeader) {
		this.refusal = response + "\r\nContent-Length: 0\r\n\r\n";
		this.requiredHeader = unlessHeader;
		return this;
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * Returns the requests to the proxy, with their headers.
	 */
	List<String> heads() {
		return this.heads;
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				start(() -> serve(connection));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket connection) {
		this.open.add(connection);
		try (connection) {
			RawServer.pause(this.delayMillis);
			while (this.tunnels && !isAdmitted(connection)) {
				connection.getOutputStream().write(this.refusal.getBytes(StandardCharsets.ISO_8859_1));
			}
			try (Socket target = new Socket(InetAddress.getLoopbackAddress(), this.targetPort)) {
				if (this.tunnels) {
					connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
				}
				start(() -> copy(target, connection));
				copy(connection, target);
			}
		}
		catch (IOException ex) {
			// the client closed the connection
		}
	}

	private boolean isAdmitted(Socket connection) throws IOException {
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int next = connection.getInputStream().read();
			if (next < 0) {
				throw new IOException("closed");
			}
			head.append((char) next);
		}
		this.heads.add(head.toString());
		String header = this.requiredHeader;
		return this.refusal.isEmpty() || (header != null && head.toString().contains(header));
	}

	private static void copy(Socket from, Socket to) {
		try {
			InputStream in = from.getInputStream();
			in.transferTo(to.getOutputStream());
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// one side closed the connection
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		for (Socket connection : this.open) {
			connection.close();
		}
	}

}
