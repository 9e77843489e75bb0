package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * A server that never completes the TLS handshake: it sends nothing, or answers with TLS
 * 1.0.
 */
final class BrokenHandshake extends AbstractConnectionFactory {

	private final boolean answers;

	BrokenHandshake(boolean answers) {
		super("broken-handshake");
		this.answers = answers;
	}

	@Override
	public Connection newConnection(Connector connector, EndPoint endPoint) {
		return new Handshake(endPoint, connector.getExecutor(), this.answers);
	}

	/**
	 * A ServerHello of TLS 1.0 that chooses TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA. Written
	 * by hand because the JDK does not support it.
	 */
	private static ByteBuffer serverHello() {
		int hello = 2 + 32 + 1 + 2 + 1;
		ByteBuffer bytes = ByteBuffer.allocate(5 + 4 + hello);
		bytes.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + hello));
		bytes.putInt(2 << 24 | hello);
		bytes.putShort((short) 0x0301).put(new byte[32]);
		bytes.put((byte) 0).putShort((short) 0xc013).put((byte) 0);
		return bytes.flip();
	}

	private static final class Handshake extends AbstractConnection {

		private boolean answers;

		Handshake(EndPoint endPoint, Executor executor, boolean answers) {
			super(endPoint, executor);
			this.answers = answers;
		}

		@Override
		public void onOpen() {
			super.onOpen();
			fillInterested();
		}

		@Override
		public void onFillable() {
			try {
				ByteBuffer buffer = BufferUtil.allocate(getInputBufferSize());
				int filled = getEndPoint().fill(buffer);
				if (filled < 0) {
					close();
					return;
				}
				if (filled > 0 && this.answers) {
					this.answers = false;
					getEndPoint().write(Callback.NOOP, serverHello());
				}
				fillInterested();
			}
			catch (IOException ex) {
				close();
			}
		}

	}

}
