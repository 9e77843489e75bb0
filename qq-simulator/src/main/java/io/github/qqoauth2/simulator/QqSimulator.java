package io.github.qqoauth2.simulator;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Simulates QQ Connect on a loopback port. The app {@link #APP_ID}, which accepts any
 * loopback address as redirect URI, and the people of {@link QqPerson} are registered.
 * Thread-safe. Not for production: it requires no password.
 */
public final class QqSimulator implements AutoCloseable {

	/**
	 * The appid of the app that is registered in every simulator.
	 */
	public static final String APP_ID = "101000001";

	/**
	 * The appkey of {@link #APP_ID}.
	 */
	public static final String APP_KEY = "5d0f8e3c7a1b4926be64c2d9f0387a15";

	private final Registry registry = new Registry();

	private final Traffic traffic = new Traffic();

	private final Settings settings = new Settings();

	private final TokenStore tokenStore;

	private final ScanCodes scanCodes;

	private final Protocols protocols;

	private final SimulatorServer server;

	private final URI url;

	private final BrowserlessConsent consent;

	QqSimulator(String host, int port, @Nullable Certificates certificates, Clock clock) {
		this.registry.add(new QqApp(APP_ID, APP_KEY));
		List.of(QqPerson.XIAO_MING, QqPerson.PANDA, QqPerson.NOBODY).forEach(this.registry::add);
		this.tokenStore = new TokenStore(clock);
		this.scanCodes = new ScanCodes(clock);
		Endpoints endpoints = new Endpoints(this.registry, this.tokenStore, this.scanCodes, this.settings);
		this.protocols = new Protocols(certificates);
		this.server = new SimulatorServer(host, port, this.protocols,
				new SimulatorHandler(this.traffic, endpoints, new Panel(this::reset, this.registry, this.traffic)));
		this.url = this.protocols.url(host, this.server.port());
		this.consent = new BrowserlessConsent(this.url, this.traffic, endpoints.authorize());
	}

	/**
	 * Starts a simulator with plain HTTP on a free loopback port. For other settings use
	 * {@link QqSimulatorBuilder}.
	 * @return the running simulator
	 */
	public static QqSimulator start() {
		return new QqSimulator("127.0.0.1", 0, null, Clock.systemUTC());
	}

	/**
	 * Returns the base URL of all endpoints.
	 * @return for example {@code http://127.0.0.1:40123}; with TLS
	 * {@code https://localhost:40123}
	 */
	public URI url() {
		return this.url;
	}

	/**
	 * Registers an app and replaces one with the same appid.
	 * @param app the app
	 */
	public void addApp(QqApp app) {
		this.registry.add(app);
	}

	/**
	 * Registers a person and replaces one with the same name.
	 * @param person the person
	 */
	public void addPerson(QqPerson person) {
		this.registry.add(person);
	}

	/**
	 * Sets whether {@code need_openid=1} adds the openid to the token reply, {@code true}
	 * by default. Not every version of QQ adds it.
	 * @param honoured whether the parameter is honoured
	 */
	public void needOpenid(boolean honoured) {
		this.settings.needOpenid(honoured);
	}

	/**
	 * Sets the Content-Type of replies in plain JSON, {@code text/html} by default. The
	 * value that QQ sends is not known for certain.
	 * @param contentType the value, or {@code null} for none
	 */
	public void jsonContentType(@Nullable String contentType) {
		this.settings.jsonContentType(contentType);
	}

	/**
	 * Sets the condition of the network. Every call closes all open connections, even if
	 * the condition stays the same. The port does not change.
	 * @param network the condition
	 * @throws IllegalStateException if the condition requires TLS and the simulator does
	 * not use it
	 */
	public void network(QqNetwork network) {
		this.server.network(network);
	}

	/**
	 * Queues a reply for the next request of an endpoint, instead of the endpoint's own
	 * one. Queued replies are sent in order. {@link #approve}, {@link #cancel} and
	 * {@link #deny} do not consume them.
	 * @param endpoint the endpoint
	 * @param reply the reply
	 * @return this simulator
	 */
	public QqSimulator enqueue(QqEndpoint endpoint, QqReply reply) {
		this.traffic.enqueue(endpoint, reply);
		return this;
	}

	/**
	 * Returns the received requests, including those that {@link #approve},
	 * {@link #cancel} and {@link #deny} record: a copy, in order, of at most the latest
	 * 10,000.
	 * @return the requests
	 */
	public List<QqRequest> requests() {
		return this.traffic.requests();
	}

	/**
	 * Returns the received requests of one endpoint.
	 * @param endpoint the endpoint
	 * @return the requests, as in {@link #requests()}
	 */
	public List<QqRequest> requests(QqEndpoint endpoint) {
		return requests().stream().filter((request) -> request.endpoint() == endpoint).toList();
	}

	/**
	 * Removes the recorded requests.
	 */
	public void clearRequests() {
		this.traffic.clearRequests();
	}

	/**
	 * Removes recorded requests, queued replies, codes and tokens, and resets all
	 * settings and the network. Apps and people stay registered.
	 */
	public void reset() {
		this.traffic.reset();
		this.tokenStore.clear();
		this.scanCodes.clear();
		this.settings.reset();
		this.server.up();
	}

	/**
	 * Opens an authorization URL and agrees, without a browser. The request is recorded
	 * as the browser's GET.
	 * @param authorizeUrl the URL, with its query
	 * @param person the person who agrees, registered or not
	 * @return the redirect of QQ, with code and state
	 * @throws IllegalStateException if QQ shows an error page instead; the message
	 * contains its text
	 */
	public URI approve(URI authorizeUrl, QqPerson person) {
		return this.consent.approve(authorizeUrl, person);
	}

	/**
	 * Opens an authorization URL and cancels as on QQ's former mobile page. On a computer
	 * QQ closes the window without a redirect.
	 * @param authorizeUrl the URL, with its query
	 * @return the redirect of QQ, with usercancel and state
	 * @throws IllegalStateException if QQ shows an error page instead
	 */
	public URI cancel(URI authorizeUrl) {
		return this.consent.cancel(authorizeUrl);
	}

	/**
	 * Opens an authorization URL and denies access as defined by OAuth 2.0, which QQ does
	 * not document.
	 * @param authorizeUrl the URL, with its query
	 * @return the redirect of QQ, with {@code error=access_denied} and state
	 * @throws IllegalStateException if QQ shows an error page instead
	 */
	public URI deny(URI authorizeUrl) {
		return this.consent.deny(authorizeUrl);
	}

	/**
	 * Returns the certificate of the authority that clients must trust. It is generated
	 * at start-up.
	 * @return the certificate
	 * @throws IllegalStateException without TLS
	 */
	public X509Certificate certificate() {
		return this.protocols.certificates().authorityCertificate();
	}

	/**
	 * Returns a TLS context for clients that trusts {@link #certificate()} only.
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
	 * Stops the simulator and closes all open connections.
	 */
	@Override
	public void close() {
		this.server.close();
	}

}
