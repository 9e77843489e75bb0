package io.github.qqoauth2.simulator;

/**
 * What a client meets before HTTP begins. The states that begin with {@code TLS_} need a
 * simulator with TLS.
 */
public enum QqNetwork {

	/**
	 * Everything works.
	 */
	UP,

	/**
	 * The port is closed: a connection is refused at once.
	 */
	REFUSED,

	/**
	 * A connection is never answered, so that the client's connect timeout decides. It
	 * rests on a full accept queue, which only Linux treats that way.
	 */
	BLACK_HOLE,

	/**
	 * The certificate ran out yesterday.
	 */
	TLS_EXPIRED,

	/**
	 * The certificate is trusted but made out for another host.
	 */
	TLS_WRONG_HOST,

	/**
	 * The certificate comes from an authority that nobody trusts.
	 */
	TLS_UNTRUSTED,

	/**
	 * The server insists on TLS 1.0, and the handshake is left unfinished.
	 */
	TLS_1_0,

	/**
	 * The connection is accepted but the handshake is never answered.
	 */
	TLS_STALL

}
