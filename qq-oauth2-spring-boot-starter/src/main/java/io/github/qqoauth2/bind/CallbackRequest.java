package io.github.qqoauth2.bind;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A callback with just the parameters that Spring's login filter shall see.
 */
final class CallbackRequest extends HttpServletRequestWrapper {

	private final Map<String, String[]> parameters;

	CallbackRequest(HttpServletRequest request, Map<String, String[]> parameters) {
		super(request);
		this.parameters = Map.copyOf(parameters);
	}

	@Override
	public @Nullable String getParameter(String name) {
		String[] values = this.parameters.get(name);
		return (values != null) ? values[0] : null;
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		String[] values = this.parameters.get(name);
		return (values != null) ? values.clone() : null;
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		return this.parameters;
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(this.parameters.keySet());
	}

	/**
	 * None, so that the redirect address is read from the path alone.
	 */
	@Override
	public @Nullable String getQueryString() {
		return null;
	}

}
