package io.github.qqoauth2.bind;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request that has only the given parameters, whatever its query and body contain.
 */
class ParameterRequest extends HttpServletRequestWrapper {

	private final Map<String, String[]> parameters;

	ParameterRequest(HttpServletRequest request, Map<String, String[]> parameters) {
		super(request);
		this.parameters = Collections.unmodifiableMap(parameters);
	}

	@Override
	public final @Nullable String getParameter(String name) {
		String[] values = this.parameters.get(name);
		return (values != null) ? values[0] : null;
	}

	@Override
	public final String @Nullable [] getParameterValues(String name) {
		String[] values = this.parameters.get(name);
		return (values != null) ? values.clone() : null;
	}

	@Override
	public final Map<String, String[]> getParameterMap() {
		return this.parameters;
	}

	@Override
	public final Enumeration<String> getParameterNames() {
		return Collections.enumeration(this.parameters.keySet());
	}

}
