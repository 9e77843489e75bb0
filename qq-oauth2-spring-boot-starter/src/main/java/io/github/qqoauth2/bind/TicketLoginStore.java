package io.github.qqoauth2.bind;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Stores the value in a ticket: an encrypted cookie that no script can read and no other
 * host can set. The value itself contains when it expires; the cookie's age only lets the
 * browser delete it.
 */
final class TicketLoginStore implements LoginStore {

	/**
	 * In bytes. Browsers drop a cookie whose name and value are longer than 4096 bytes.
	 * Encrypted, a value has four thirds of its length and about 160 bytes more.
	 */
	private static final int MAX_BYTES = 2900;

	private final TicketCipher cipher;

	private final String kind;

	private final Duration age;

	private final BooleanSupplier tls;

	TicketLoginStore(TicketCipher cipher, String kind, Duration age, BooleanSupplier tls) {
		this.cipher = cipher;
		this.kind = kind;
		this.age = age;
		this.tls = tls;
	}

	@Override
	public @Nullable String get(HttpServletRequest request) {
		if (request.getAttribute(attribute()) instanceof String written) {
			return written.isEmpty() ? null : written;
		}
		String ticket = ticket(request);
		return (ticket != null) ? this.cipher.decrypt(this.kind, ticket) : null;
	}

	@Override
	public boolean isDamaged(HttpServletRequest request) {
		return ticket(request) != null && request.getAttribute(attribute()) == null && get(request) == null;
	}

	@Override
	public void put(HttpServletRequest request, HttpServletResponse response, String value) {
		request.setAttribute(attribute(), value);
		send(request, response, this.cipher.encrypt(this.kind, value), this.age);
	}

	@Override
	public void remove(HttpServletRequest request, HttpServletResponse response) {
		request.setAttribute(attribute(), "");
		if (ticket(request) != null) {
			send(request, response, "", Duration.ZERO);
		}
	}

	@Override
	public boolean canStoreWithoutSession(HttpServletRequest request) {
		return true;
	}

	@Override
	public boolean hasCookie(HttpServletRequest request) {
		return request.getCookies() != null;
	}

	@Override
	public boolean fits(String value) {
		return value.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
	}

	private void send(HttpServletRequest request, HttpServletResponse response, String ticket, Duration age) {
		ResponseCookie cookie = ResponseCookie.from(name(request), ticket)
			.httpOnly(true)
			.secure(!isPlain(request))
			.path("/")
			.sameSite("Lax")
			.maxAge(age)
			.build();
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
	}

	private @Nullable String ticket(HttpServletRequest request) {
		Cookie[] cookies = request.getCookies();
		if (cookies != null) {
			String name = name(request);
			for (Cookie cookie : cookies) {
				if (cookie.getName().equals(name)) {
					return cookie.getValue();
				}
			}
		}
		return null;
	}

	/**
	 * Returns the name of the cookie. Browsers accept {@code __Host-} cookies only from
	 * this very host and over TLS.
	 */
	private String name(HttpServletRequest request) {
		return isPlain(request) ? this.kind : "__Host-" + this.kind;
	}

	/**
	 * Returns whether the request came without TLS to a developer's machine. A request
	 * through a proxy that forwards neither scheme nor host looks alike; an {@code https}
	 * redirect URI distinguishes them.
	 */
	private boolean isPlain(HttpServletRequest request) {
		String host = request.getServerName();
		return !this.tls.getAsBoolean() && !request.isSecure() && (host.equals("localhost") || host.equals("127.0.0.1")
				|| host.equals("[::1]") || host.equals("0:0:0:0:0:0:0:1"));
	}

	private String attribute() {
		return TicketLoginStore.class.getName() + "." + this.kind;
	}

}
