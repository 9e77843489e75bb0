package io.github.qqoauth2.simulator;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A stand-in for QQ Connect on a loopback port. It knows the app {@link #APP_ID}, which
 * may come back to any loopback address, and the people of {@link QqPerson}. Safe for use
 * by several threads. Not for production: it asks for no password.
 */
public final class QqSimulator implements AutoCloseable {

	/**
	 * The appid of the app that every simulator knows.
	 */
	public static final String APP_ID = "101000001";

	/**
	 * The appkey that belongs to {@link #APP_ID}.
	 */
	public static final String APP_KEY = "5d0f8e3c7a1b4926be64c2d9f0387a15";

	private final Registry registry = new Registry();

	private final Traffic traffic = new Traffic();

	private final Switches switches = new Switches();

	private final Ledger ledger;

	private final Protocols protocols;

	private final SimulatorServer server;

	private final URI url;

	private final BrowserlessConsent consent;

	QqSimulator(String host, int port, @Nullable Certificates certificates, Clock clock) {
		this.registry.add(new QqApp(APP_ID, APP_KEY));
		List.of(QqPerson.XIAO_MING, QqPerson.PANDA, QqPerson.NOBODY).forEach(this.registry::add);
		this.ledger = new Ledger(clock);
		Endpoints endpoints = new Endpoints(this.registry, this.ledger, this.switches);
		this.protocols = new Protocols(certificates);
		this.server = new SimulatorServer(host, port, this.protocols, new SimulatorHandler(this.traffic, endpoints));
		this.url = this.protocols.url(host, this.server.port());
		this.consent = new BrowserlessConsent(this.url, this.traffic, endpoints.authorize());
	}

	/**
	 * Starts a simulator with plain HTTP on a free loopback port. For one that differs
	 * see {@link QqSimulatorBuilder}.
	 * @return the running simulator
	 */
	public static QqSimulator start() {
		return new QqSimulator("127.0.0.1", 0, null, Clock.systemUTC());
	}

	/**
	 * The base of all four endpoints.
	 * @return for example {@code http://127.0.0.1:40123}; with TLS
	 * {@code https://localhost:40123}
	 */
	public URI url() {
		return this.url;
	}

	/**
	 * Adds an app, in place of one with the same appid.
	 * @param app the app
	 */
	public void addApp(QqApp app) {
		this.registry.add(app);
	}

	/**
	 * Adds a person, in place of one with the same name.
	 * @param person the person
	 */
	public void addPerson(QqPerson person) {
		this.registry.add(person);
	}

	/**
	 * Whether {@code need_openid=1} adds the openid to the token reply. It does unless
	 * this says otherwise; not every version of QQ delivers it.
	 * @param honoured whether it does
	 */
	public void needOpenid(boolean honoured) {
		this.switches.needOpenid(honoured);
	}

	/**
	 * The Content-Type of replies that are bare JSON, {@code text/html} unless this says
	 * otherwise; what QQ sends is not certain.
	 * @param contentType the value, or {@code null} for no such header
	 */
	public void jsonContentType(@Nullable String contentType) {
		this.switches.jsonContentType(contentType);
	}

	/**
	 * What clients meet before HTTP begins. Changing it, even to the same state, ends all
	 * open connections; the port stays the same.
	 * @param network the state
	 * @throws IllegalStateException where a state of TLS is asked for without TLS
	 */
	public void network(QqNetwork network) {
		this.server.network(network);
	}

	/**
	 * Gives a reply to the next call of an endpoint in place of the usual one. Several
	 * wait in order. {@link #approve} and its kin do not use them up.
	 * @param endpoint the endpoint
	 * @param reply the reply
	 * @return this simulator
	 */
	public QqSimulator enqueue(QqEndpoint endpoint, QqReply reply) {
		this.traffic.enqueue(endpoint, reply);
		return this;
	}

	/**
	 * The requests that came in, among them those that {@link #approve} and its kin stand
	 * for: a copy, in order, at most the latest 10,000.
	 * @return the requests
	 */
	public List<QqRequest> requests() {
		return this.traffic.requests();
	}

	/**
	 * The requests that came in at one endpoint.
	 * @param endpoint the endpoint
	 * @return the requests, as in {@link #requests()}
	 */
	public List<QqRequest> requests(QqEndpoint endpoint) {
		return requests().stream().filter((request) -> request.endpoint() == endpoint).toList();
	}

	/**
	 * Forgets the requests that came in.
	 */
	public void clearRequests() {
		this.traffic.clearRequests();
	}

	/**
	 * Forgets requests, waiting replies, codes and tokens, and sets every switch and the
	 * network back. Apps and people stay.
	 */
	public void reset() {
		this.traffic.reset();
		this.ledger.clear();
		this.switches.reset();
		this.server.up();
	}

	/**
	 * Opens an authorize address and agrees, as the page does but without a browser. The
	 * request is recorded as the browser's GET.
	 * @param authorizeUrl the address, with its query
	 * @param person who agrees; need not have been added
	 * @return where QQ redirects to, with code and state
	 * @throws IllegalStateException where QQ shows an error page instead; the message has
	 * its text
	 */
	public URI approve(URI authorizeUrl, QqPerson person) {
		return this.consent.approve(authorizeUrl, person);
	}

	/**
	 * Opens an authorize address and cancels as on an old mobile page. On a computer QQ
	 * only closes the window, which needs no call.
	 * @param authorizeUrl the address, with its query
	 * @return where QQ redirects to, with usercancel and state
	 * @throws IllegalStateException where QQ shows an error page instead
	 */
	public URI cancel(URI authorizeUrl) {
		return this.consent.cancel(authorizeUrl);
	}

	/**
	 * Opens an authorize address and refuses as OAuth 2.0 says, which QQ does not
	 * document.
	 * @param authorizeUrl the address, with its query
	 * @return where QQ redirects to, with {@code error=access_denied} and state
	 * @throws IllegalStateException where QQ shows an error page instead
	 */
	public URI deny(URI authorizeUrl) {
		return this.consent.deny(authorizeUrl);
	}

	/**
	 * The certificate of the authority that a client must trust, made at start.
	 * @return the certificate
	 * @throws IllegalStateException without TLS
	 */
	public X509Certificate certificate() {
		return this.protocols.certificates().authorityCertificate();
	}

	/**
	 * A TLS context for clients that trusts {@link #certificate()} and nothing else.
	 * @return the context
	 * @throws IllegalStateException without TLS
	 */
	public SSLContext clientSslContext() {
		return this.protocols.certificates().clientContext();
	}

	void join() throws InterruptedException {
		this.server.join();
	}

	/**
	 * Stops the simulator and ends all open connections.
	 */
	@Override
	public void close() {
		this.server.close();
	}

}
