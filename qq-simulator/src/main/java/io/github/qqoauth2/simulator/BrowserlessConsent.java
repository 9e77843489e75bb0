package io.github.qqoauth2.simulator;

import java.net.URI;
import java.util.function.Function;

/**
 * Opens an authorization URL and answers the consent page without a browser. The request
 * is recorded as the browser's GET.
 */
final class BrowserlessConsent {

	private final String address;

	private final Traffic traffic;

	private final AuthorizeEndpoint endpoint;

	BrowserlessConsent(URI url, Traffic traffic, AuthorizeEndpoint endpoint) {
		this.address = url + QqEndpoint.AUTHORIZE.path() + "?";
		this.traffic = traffic;
		this.endpoint = endpoint;
	}

	URI approve(URI authorizeUrl, QqPerson person) {
		return open(authorizeUrl, (request) -> this.endpoint.approve(request, person));
	}

	URI cancel(URI authorizeUrl) {
		return open(authorizeUrl, this.endpoint::cancel);
	}

	URI deny(URI authorizeUrl) {
		return open(authorizeUrl, this.endpoint::deny);
	}

	private URI open(URI authorizeUrl, Function<QqRequest, URI> decision) {
		if (!authorizeUrl.toString().startsWith(this.address)) {
			throw new IllegalArgumentException("Not an authorization URL of this simulator");
		}
		QqRequest request = QqRequest.opened(authorizeUrl.getRawQuery());
		this.traffic.record(request);
		try {
			return decision.apply(request);
		}
		catch (RefusalException ex) {
			throw new IllegalStateException("QQ shows an error page: " + ex.refusal().text(), ex);
		}
	}

}
