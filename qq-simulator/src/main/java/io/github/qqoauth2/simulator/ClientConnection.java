package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;

/**
 * The connection below HTTP, where most faults are simulated.
 */
final class ClientConnection {

	private final Connector connector;

	private final EndPoint endPoint;

	ClientConnection(ConnectionMetaData metaData) {
		this.connector = metaData.getConnector();
		this.endPoint = metaData.getConnection().getEndPoint();
	}

	void after(Duration delay, Runnable task) {
		this.connector.getScheduler()
			.schedule(() -> this.connector.getExecutor().execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
	}

	void write(byte[] bytes, Callback callback) {
		this.endPoint.write(callback, ByteBuffer.wrap(bytes));
	}

	void close() {
		this.endPoint.close();
	}

	/**
	 * Closes the innermost connection, below TLS and HTTP/2, with a linger time of zero,
	 * which sends an RST.
	 */
	void reset() {
		EndPoint lowest = this.endPoint;
		while (lowest instanceof EndPoint.Wrapper wrapper) {
			lowest = wrapper.unwrap();
		}
		try {
			((SocketChannel) lowest.getTransport()).setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			lowest.close();
		}
	}

}
