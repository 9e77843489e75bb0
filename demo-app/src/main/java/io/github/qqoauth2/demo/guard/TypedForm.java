package io.github.qqoauth2.demo.guard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/**
 * What somebody typed into a form that was refused, for the next look at it. Never a
 * password, and nothing long.
 */
public final class TypedForm {

	private static final String ATTRIBUTE = TypedForm.class.getName();

	private static final List<String> FIELDS = List.of("username", "nickname", "mobile", "code", "email",
			"remember-me");

	private static final int MAX_LENGTH = 100;

	private TypedForm() {
	}

	/**
	 * Keeps the form in the session.
	 * @param request the refused request
	 */
	public static void keep(HttpServletRequest request) {
		Map<String, String> typed = new LinkedHashMap<>();
		for (String field : FIELDS) {
			String value = request.getParameter(field);
			if (value != null && value.length() <= MAX_LENGTH) {
				typed.put(field, value.strip());
			}
		}
		request.getSession().setAttribute(ATTRIBUTE, new LinkedHashMap<>(typed));
	}

	/**
	 * Takes it out again.
	 * @param request the request for the page with the form
	 * @return the values by the names of the fields; empty where nothing was kept
	 */
	public static Map<String, String> take(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object typed = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		Map<String, String> values = new LinkedHashMap<>();
		if (session != null && typed instanceof Map<?, ?> kept) {
			session.removeAttribute(ATTRIBUTE);
			kept.forEach((name, value) -> values.put(String.valueOf(name), String.valueOf(value)));
		}
		return values;
	}

}
