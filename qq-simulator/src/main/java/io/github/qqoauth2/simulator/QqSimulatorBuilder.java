package io.github.qqoauth2.simulator;

import java.time.Clock;

/**
 * Configures and starts a {@link QqSimulator}.
 */
public final class QqSimulatorBuilder {

	private String host = "127.0.0.1";

	private int port;

	private boolean tls;

	private Clock clock = Clock.systemUTC();

	/**
	 * Sets the address to listen on.
	 * @param host a loopback address, {@code 127.0.0.1} by default
	 * @return this builder
	 * @throws IllegalArgumentException if it is not a loopback address
	 */
	public QqSimulatorBuilder host(String host) {
		this.host = Checks.loopback(host);
		return this;
	}

	/**
	 * Sets the port to listen on.
	 * @param port 0 to 65535; 0, the default, selects a free one
	 * @return this builder
	 */
	public QqSimulatorBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Sets whether to use TLS, with HTTP/2 and HTTP/1.1, instead of plain HTTP/1.1.
	 * @param tls {@code false} by default
	 * @return this builder
	 */
	public QqSimulatorBuilder tls(boolean tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * Sets the clock that determines when codes and tokens expire.
	 * @param clock the system clock by default
	 * @return this builder
	 */
	public QqSimulatorBuilder clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Starts the simulator.
	 * @return the running simulator
	 * @throws IllegalStateException if the port is in use
	 */
	public QqSimulator start() {
		return new QqSimulator(this.host, this.port, this.tls ? new Certificates() : null, this.clock);
	}

}
