package io.github.qqoauth2.simulator;

import java.time.Clock;

/**
 * Starts a simulator that differs from {@link QqSimulator#start()}.
 */
public final class QqSimulatorBuilder {

	private String host = "127.0.0.1";

	private int port;

	private boolean tls;

	private Clock clock = Clock.systemUTC();

	/**
	 * The address to listen on.
	 * @param host a loopback address, {@code 127.0.0.1} by default
	 * @return this builder
	 * @throws IllegalArgumentException where it is not a loopback address
	 */
	public QqSimulatorBuilder host(String host) {
		this.host = Checks.loopback(host);
		return this;
	}

	/**
	 * The port to listen on.
	 * @param port 0 to 65535; 0, the default, takes a free one
	 * @return this builder
	 */
	public QqSimulatorBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Whether to speak TLS, with HTTP/2 and HTTP/1.1, in place of plain HTTP/1.1.
	 * @param tls {@code false} by default
	 * @return this builder
	 */
	public QqSimulatorBuilder tls(boolean tls) {
		this.tls = tls;
		return this;
	}

	/**
	 * The clock by which codes and tokens run out.
	 * @param clock the system's by default
	 * @return this builder
	 */
	public QqSimulatorBuilder clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Starts the simulator.
	 * @return the running simulator
	 * @throws IllegalStateException where the port is taken
	 */
	public QqSimulator start() {
		return new QqSimulator(this.host, this.port, this.tls ? new Certificates() : null, this.clock);
	}

}
