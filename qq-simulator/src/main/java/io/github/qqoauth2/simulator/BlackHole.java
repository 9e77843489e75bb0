package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens on a port with a full accept queue, so that the kernel drops the packets of
 * every further connection.
 */
final class BlackHole implements AutoCloseable {

	private static final int FILLERS = 8;

	private final List<Channel> channels = new ArrayList<>();

	private BlackHole() {
	}

	static BlackHole open(InetSocketAddress address) throws IOException {
		BlackHole blackHole = new BlackHole();
		try {
			blackHole.listen(address);
			return blackHole;
		}
		catch (IOException ex) {
			blackHole.close();
			throw ex;
		}
	}

	private void listen(InetSocketAddress address) throws IOException {
		ServerSocketChannel port = ServerSocketChannel.open();
		this.channels.add(port);
		port.setOption(StandardSocketOptions.SO_REUSEADDR, true);
		port.bind(address, 1);
		for (int i = 0; i < FILLERS; i++) {
			SocketChannel filler = SocketChannel.open();
			this.channels.add(filler);
			filler.configureBlocking(false);
			filler.connect(address);
		}
	}

	@Override
	public void close() throws IOException {
		for (Channel channel : this.channels) {
			channel.close();
		}
	}

}
