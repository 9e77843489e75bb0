package io.github.qqoauth2.demo.guard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/**
 * Keeps the values of a rejected form in the session until the form is rendered again.
 * Passwords and long values are not kept.
 */
public final class TypedForm {

	private static final String ATTRIBUTE = TypedForm.class.getName();

	private static final List<String> FIELDS = List.of("username", "nickname", "mobile", "code", "email",
			"remember-me");

	private static final int MAX_LENGTH = 100;

	private TypedForm() {
	}

	/**
	 * Saves the values in the session.
	 * @param request the rejected request
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
	 * Returns the saved values and removes them from the session.
	 * @param request the request for the page with the form
	 * @return the values by field name; empty if there are none
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
