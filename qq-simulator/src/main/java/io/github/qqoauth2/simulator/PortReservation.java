package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * Reserves a port with a socket that is bound but does not listen, so that no other
 * process takes the port while the simulator does not listen on it. Linux allows a
 * listener on such a port; on other systems nothing is reserved.
 */
final class PortReservation implements AutoCloseable {

	private final @Nullable SocketChannel socket;

	private final int port;

	private PortReservation(@Nullable SocketChannel socket, int port) {
		this.socket = socket;
		this.port = port;
	}

	static PortReservation of(String host, int port) throws IOException {
		if (!System.getProperty("os.name").equals("Linux")) {
			return new PortReservation(null, port);
		}
		SocketChannel socket = SocketChannel.open();
		try {
			socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			socket.bind(new InetSocketAddress(host, port));
			return new PortReservation(socket, ((InetSocketAddress) socket.getLocalAddress()).getPort());
		}
		catch (IOException ex) {
			socket.close();
			throw ex;
		}
	}

	/**
	 * Returns the reserved port; if nothing is reserved, the requested one.
	 */
	int port() {
		return this.port;
	}

	@Override
	public void close() throws IOException {
		if (this.socket != null) {
			this.socket.close();
		}
	}

}
