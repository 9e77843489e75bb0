package io.github.qqoauth2.bind;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Stores up to four authorization requests in one ticket, as many as fit into a cookie.
 * The oldest are removed first. If the last one is still too long, it is stored without
 * its {@code next}. Concurrent starts overwrite each other's cookie.
 */
final class TicketAuthorizationRequestStore implements AuthorizationRequestStore {

	private static final String VERSION = "2";

	private final LoginStore store;

	private final Duration timeout;

	private final Clock clock;

	TicketAuthorizationRequestStore(LoginStore store, Duration timeout, Clock clock) {
		this.store = store;
		this.timeout = timeout;
		this.clock = clock;
	}

	@Override
	public void save(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
			HttpServletResponse response) {
		List<Entry> entries = load(request);
		entries.add(new Entry(this.clock.instant().plus(this.timeout), QqAuthorizationRequest.write(authorization)));
		while (entries.size() > 1 && (entries.size() > RecentStrings.KEPT || !this.store.fits(write(entries)))) {
			entries.remove(0);
		}
		if (!this.store.fits(write(entries))) {
			entries.replaceAll((entry) -> new Entry(entry.expiresAt(),
					QqAuthorizationRequest.write(QqAuthorizationRequest.withoutNext(authorization))));
		}
		this.store.put(request, response, write(entries));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest take(String state, HttpServletRequest request,
			HttpServletResponse response) {
		List<Entry> entries = load(request);
		for (Entry entry : entries) {
			OAuth2AuthorizationRequest authorization = QqAuthorizationRequest.read(entry.text());
			if (authorization != null && state.equals(authorization.getState())) {
				entries.remove(entry);
				save(entries, request, response);
				return authorization;
			}
		}
		return null;
	}

	private void save(List<Entry> entries, HttpServletRequest request, HttpServletResponse response) {
		if (entries.isEmpty()) {
			this.store.remove(request, response);
		}
		else {
			this.store.put(request, response, write(entries));
		}
	}

	private List<Entry> load(HttpServletRequest request) {
		String text = this.store.get(request);
		List<Entry> entries = (text != null) ? read(text) : new ArrayList<>();
		Instant now = this.clock.instant();
		entries.removeIf((entry) -> !now.isBefore(entry.expiresAt()));
		return entries;
	}

	private static String write(List<Entry> entries) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("v", VERSION);
		json.put("expiresAt", entries.stream().map((entry) -> entry.expiresAt().toString()).toList());
		json.put("requests", entries.stream().map(Entry::text).toList());
		return JSONObjectUtils.toJSONString(json);
	}

	/**
	 * Reads the stored requests. A damaged text or one of another version contains none.
	 */
	private static List<Entry> read(String text) {
		List<Entry> entries = new ArrayList<>();
		try {
			Map<String, Object> json = JSONObjectUtils.parse(text);
			String[] times = JSONObjectUtils.getStringArray(json, "expiresAt");
			String[] requests = JSONObjectUtils.getStringArray(json, "requests");
			if (VERSION.equals(json.get("v")) && times.length == requests.length) {
				for (int i = 0; i < times.length; i++) {
					entries.add(new Entry(Instant.parse(times[i]), requests[i]));
				}
			}
			return entries;
		}
		catch (ParseException | RuntimeException ex) {
			return new ArrayList<>();
		}
	}

	/**
	 * A stored request.
	 *
	 * @param expiresAt the time at which it expires
	 * @param text the request as it is stored
	 */
	private record Entry(Instant expiresAt, String text) {

	}

}
