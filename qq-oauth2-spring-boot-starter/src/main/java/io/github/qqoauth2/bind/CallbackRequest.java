package io.github.qqoauth2.bind;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A callback with just the parameters that Spring's login filter shall see.
 */
final class CallbackRequest extends ParameterRequest {

	CallbackRequest(HttpServletRequest request, Map<String, String[]> parameters) {
		super(request, parameters);
	}

	/**
	 * None, so that the redirect address is read from the path alone.
	 */
	@Override
	public @Nullable String getQueryString() {
		return null;
	}

}
