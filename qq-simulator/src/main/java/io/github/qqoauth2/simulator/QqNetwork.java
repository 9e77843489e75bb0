package io.github.qqoauth2.simulator;

/**
 * The condition of the network below HTTP. The constants that begin with {@code TLS_}
 * require a simulator with TLS.
 */
public enum QqNetwork {

	/**
	 * Connections are accepted.
	 */
	UP,

	/**
	 * The port is closed: connections are refused immediately.
	 */
	REFUSED,

	/**
	 * Connections are never answered, so that the client's connect timeout applies. This
	 * relies on a full accept queue, for which only Linux drops packets.
	 */
	BLACK_HOLE,

	/**
	 * The certificate expired yesterday.
	 */
	TLS_EXPIRED,

	/**
	 * The certificate is trusted but names another host.
	 */
	TLS_WRONG_HOST,

	/**
	 * The certificate is issued by an untrusted authority.
	 */
	TLS_UNTRUSTED,

	/**
	 * The server selects TLS 1.0 and does not finish the handshake.
	 */
	TLS_1_0,

	/**
	 * The connection is accepted but the handshake is never answered.
	 */
	TLS_STALL

}
