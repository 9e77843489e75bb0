package io.github.qqoauth2.client;

/**
 * The kinds of failures of a call. The name is the event code in messages, logs and
 * observations.
 */
enum Fault {

	/** QQ returned an error of its own, usually with a number. */
	QQ_ERROR,

	/** The registration has no valid http or https endpoint. */
	QQ_ENDPOINT,

	/** The proxy on the way out refused the connection, or requires a password. */
	QQ_PROXY,

	QQ_DNS, QQ_CONNECT, QQ_CONNECT_TIMEOUT, QQ_TLS, QQ_READ_TIMEOUT, QQ_IO, QQ_TOO_LARGE,

	QQ_REDIRECT, QQ_HTTP,

	/** An HTML page or compressed bytes, as sent by proxies and captive portals. */
	QQ_NOT_PROTOCOL,

	/** Neither a result nor an error in any of QQ's formats. */
	QQ_PARSE,

	/** The openid was issued to another application. */
	QQ_AUDIENCE_MISMATCH,

	/** The limit of concurrent calls is reached. */
	QQ_BUSY

}
