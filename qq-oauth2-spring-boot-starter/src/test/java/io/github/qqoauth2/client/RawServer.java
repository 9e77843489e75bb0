package io.github.qqoauth2.client;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A server that reads requests from a socket and responds as the test specifies.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket socket;

	private final String scheme;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final Queue<Behaviour> next = new ConcurrentLinkedQueue<>();

	private volatile Behaviour defaultBehaviour = reply("{}");

	RawServer() {
		this(null);
	}

	RawServer(@Nullable SSLContext tls) {
		try {
			ServerSocketFactory factory = (tls != null) ? tls.getServerSocketFactory()
					: ServerSocketFactory.getDefault();
			this.socket = factory.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
			this.scheme = (tls != null) ? "https" : "http";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		while (!this.socket.isClosed()) {
			try {
				Socket connection = this.socket.accept();
				connection.setTcpNoDelay(true);
				this.connections.incrementAndGet();
				this.open.add(connection);
				start(() -> serve(connection));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
			Request request = read(in);
			while (request != null) {
				this.requests.add(request);
				Behaviour behaviour = this.next.poll();
				((behaviour != null) ? behaviour : this.defaultBehaviour).answer(connection);
				request = connection.isClosed() ? null : read(in);
			}
		}
		catch (IOException ex) {
			// the client closed the connection
		}
		finally {
			this.open.remove(connection);
		}
	}

	private static @Nullable Request read(BufferedReader in) throws IOException {
		String line = in.readLine();
		if (line == null) {
			return null;
		}
		List<String> headers = new ArrayList<>();
		String header = in.readLine();
		while (header != null && !header.isEmpty()) {
			headers.add(header);
			header = in.readLine();
		}
		return new Request(line, headers);
	}

	String url() {
		return this.scheme + "://127.0.0.1:" + this.socket.getLocalPort();
	}

	RawServer always(Behaviour behaviour) {
		this.defaultBehaviour = behaviour;
		return this;
	}

	RawServer next(Behaviour... behaviours) {
		this.next.addAll(List.of(behaviours));
		return this;
	}

	List<Request> requests() {
		return this.requests;
	}

	Request request() {
		if (this.requests.size() != 1) {
			throw new AssertionError("Expected one request and got " + this.requests.size());
		}
		return this.requests.get(0);
	}

	int connections() {
		return this.connections.get();
	}

	int openConnections() {
		return this.open.size();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		for (Socket connection : this.open) {
			connection.close();
		}
	}

	static Behaviour reply(String body) {
		return reply(200, "text/html", body);
	}

	static Behaviour reply(int status, String contentType, String body) {
		return reply(status, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	static Behaviour reply(int status, String contentType, byte[] body) {
		return reply(status, body, "Content-Type: " + contentType);
	}

	static Behaviour reply(int status, byte[] body, String... headers) {
		return (socket) -> {
			StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Any\r\n");
			for (String header : headers) {
				head.append(header).append("\r\n");
			}
			head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
			ByteArrayOutputStream reply = new ByteArrayOutputStream();
			reply.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
			reply.writeBytes(body);
			socket.getOutputStream().write(reply.toByteArray());
		};
	}

	// Ends the connection with a FIN.
	static Behaviour end() {
		return Socket::close;
	}

	// Ends the connection with a RST.
	static Behaviour reset() {
		return (socket) -> {
			socket.setSoLinger(true, 0);
			socket.close();
		};
	}

	static Behaviour raw(String bytes) {
		return (socket) -> {
			socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
			socket.getOutputStream().flush();
		};
	}

	static Behaviour hang() {
		return (socket) -> pause(20_000);
	}

	// Writes the bytes one by one.
	static Behaviour drip(String bytes, int millis) {
		return (socket) -> {
			for (byte next : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
				socket.getOutputStream().write(next);
				socket.getOutputStream().flush();
				pause(millis);
			}
		};
	}

	static Behaviour then(Behaviour first, Behaviour second) {
		return (socket) -> {
			first.answer(socket);
			second.answer(socket);
		};
	}

	static void pause(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// The response to a request.
	interface Behaviour {

		void answer(Socket socket) throws IOException;

	}

	/**
	 * A received request.
	 */
	record Request(String line, List<String> headers) {

		// The line has method, target and version, for example GET /path?query HTTP/1.1.
		String target() {
			return this.line.split(" ", -1)[1];
		}

		@Nullable String header(String name) {
			return this.headers.stream()
				.filter((header) -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
				.map((header) -> header.substring(name.length() + 1).strip())
				.findFirst()
				.orElse(null);
		}

	}

}
