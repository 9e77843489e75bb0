package io.github.qqoauth2.bind;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Keeps QQ's authorization request in a ticket, as one versioned string. Those of other
 * registrations stay where they were kept before.
 */
final class TicketAuthorizationRequestRepository implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	private static final String VERSION = "1";

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> others;

	private final LoginState state;

	private final Duration timeout;

	private final Clock clock;

	TicketAuthorizationRequestRepository(AuthorizationRequestRepository<OAuth2AuthorizationRequest> others,
			LoginState state, Duration timeout, Clock clock) {
		this.others = others;
		this.state = state;
		this.timeout = timeout;
		this.clock = clock;
	}

	@Override
	public void saveAuthorizationRequest(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
			HttpServletResponse response) {
		if (!QqCallbackFilter.isQq(authorization)) {
			this.others.saveAuthorizationRequest(authorization, request, response);
			return;
		}
		String text = write(authorization, (name) -> true);
		this.state.put(request, response, this.state.hasRoomFor(text) ? text
				: write(authorization, (name) -> !name.equals(QqAuthorizationRequestResolver.NEXT)));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		OAuth2AuthorizationRequest own = own(request);
		return (own != null) ? own : this.others.loadAuthorizationRequest(request);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizationRequest own = own(request);
		if (own == null) {
			return this.others.removeAuthorizationRequest(request, response);
		}
		this.state.remove(request, response);
		return own;
	}

	private @Nullable OAuth2AuthorizationRequest own(HttpServletRequest request) {
		String text = this.state.get(request);
		OAuth2AuthorizationRequest own = (text != null) ? read(text) : null;
		return (own != null && own.getState() != null
				&& own.getState().equals(request.getParameter(OAuth2ParameterNames.STATE))) ? own : null;
	}

	private String write(OAuth2AuthorizationRequest authorization, Predicate<String> kept) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("v", VERSION);
		json.put("expiresAt", this.clock.instant().plus(this.timeout).toString());
		json.put("authorizationUri", authorization.getAuthorizationUri());
		json.put("clientId", authorization.getClientId());
		json.put("redirectUri", authorization.getRedirectUri());
		json.put("state", authorization.getState());
		Map<String, Object> attributes = new LinkedHashMap<>();
		authorization.getAttributes().forEach((name, value) -> {
			if (value instanceof String && kept.test(name)) {
				attributes.put(name, value);
			}
		});
		json.put("attributes", attributes);
		return JSONObjectUtils.toJSONString(json);
	}

	/**
	 * A string of another version, or one whose time is over, is none.
	 */
	private @Nullable OAuth2AuthorizationRequest read(String text) {
		try {
			Map<String, Object> json = JSONObjectUtils.parse(text);
			boolean valid = VERSION.equals(json.get("v"))
					&& this.clock.instant().isBefore(Instant.parse(JSONObjectUtils.getString(json, "expiresAt")));
			return valid
					? SpringSecurityAccess.authorizationRequest(JSONObjectUtils.getString(json, "authorizationUri"),
							JSONObjectUtils.getString(json, "clientId"), JSONObjectUtils.getString(json, "redirectUri"),
							JSONObjectUtils.getString(json, "state"), JSONObjectUtils.getJSONObject(json, "attributes"))
					: null;
		}
		catch (ParseException | RuntimeException ex) {
			return null;
		}
	}

}
