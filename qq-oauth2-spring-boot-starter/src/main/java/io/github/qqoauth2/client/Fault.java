package io.github.qqoauth2.client;

/**
 * What can go wrong with a call; the name is the event code in messages, logs and
 * observations.
 */
enum Fault {

	/** QQ answered with an error number of its own. */
	QQ_ERROR,

	/** The registration names no usable http or https address. */
	QQ_ENDPOINT,

	QQ_DNS, QQ_CONNECT, QQ_CONNECT_TIMEOUT, QQ_TLS, QQ_READ_TIMEOUT, QQ_IO, QQ_TOO_LARGE,

	QQ_REDIRECT, QQ_HTTP,

	/** A page of HTML or compressed bytes, as proxies and portals send them. */
	QQ_NOT_PROTOCOL,

	/** Neither an answer nor an error in any of QQ's forms. */
	QQ_PARSE,

	/** The openid belongs to another application than the registration's. */
	QQ_AUDIENCE_MISMATCH,

	/** As many calls as allowed are under way. */
	QQ_BUSY

}
