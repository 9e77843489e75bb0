package io.github.qqoauth2.bind;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * A GET of a local path, derived from another request of the same browser. A request
 * cache stores it, or authorization rules are evaluated with it.
 */
final class LocalPathRequest extends HttpServletRequestWrapper {

	private final String path;

	private final @Nullable String query;

	private @Nullable Object parsedPath;

	LocalPathRequest(HttpServletRequest request, String address) {
		super(request);
		String sent = LocalPath.withoutFragment(address);
		int mark = sent.indexOf('?');
		this.path = (mark < 0) ? sent : sent.substring(0, mark);
		this.query = (mark < 0) ? null : sent.substring(mark + 1);
	}

	@Override
	public String getMethod() {
		return "GET";
	}

	@Override
	public String getRequestURI() {
		return getContextPath() + this.path;
	}

	@Override
	public StringBuffer getRequestURL() {
		StringBuffer url = super.getRequestURL();
		int end = url.length() - super.getRequestURI().length();
		return new StringBuffer(url.substring(0, Math.max(end, 0))).append(getRequestURI());
	}

	@Override
	public String getServletPath() {
		return this.path;
	}

	@Override
	public @Nullable String getPathInfo() {
		return null;
	}

	@Override
	public @Nullable String getQueryString() {
		return this.query;
	}

	/**
	 * Keeps the path that Spring has parsed and stored in an attribute separate from that
	 * of the wrapped request.
	 */
	@Override
	public @Nullable Object getAttribute(String name) {
		return name.equals(ServletRequestPathUtils.PATH_ATTRIBUTE) ? this.parsedPath : super.getAttribute(name);
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		if (name.equals(ServletRequestPathUtils.PATH_ATTRIBUTE)) {
			this.parsedPath = value;
			return;
		}
		super.setAttribute(name, value);
	}

	@Override
	public void removeAttribute(String name) {
		if (name.equals(ServletRequestPathUtils.PATH_ATTRIBUTE)) {
			this.parsedPath = null;
			return;
		}
		super.removeAttribute(name);
	}

	@Override
	public @Nullable String getParameter(String name) {
		return null;
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		return null;
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		return Collections.emptyMap();
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.emptyEnumeration();
	}

}
