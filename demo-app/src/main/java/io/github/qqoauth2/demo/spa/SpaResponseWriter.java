package io.github.qqoauth2.demo.spa;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON responses for the single-page app in the format of the starter's responses.
 */
@Component
public final class SpaResponseWriter {

	private final JsonMapper json;

	private final MessageSource messages;

	private final LocaleResolver locales;

	SpaResponseWriter(JsonMapper json, MessageSource messages, LocaleResolver locales) {
		this.json = json;
		this.messages = messages;
		this.locales = locales;
	}

	/**
	 * Writes a problem.
	 * @param request the request
	 * @param response the response
	 * @param status the status
	 * @param code the error code for the app
	 * @param key the key of the message for the visitor
	 * @throws IOException if the response cannot be written
	 */
	public void problem(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code,
			String key) throws IOException {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("title", status.getReasonPhrase());
		problem.put("status", status.value());
		problem.put("detail", this.messages.getMessage(key, null, this.locales.resolveLocale(request)));
		problem.put("code", code);
		response.setStatus(status.value());
		write(response, MediaType.APPLICATION_PROBLEM_JSON, problem);
	}

	/**
	 * Writes a successful response.
	 * @param response the response
	 * @param body the object to write as JSON
	 * @throws IOException if the response cannot be written
	 */
	public void write(HttpServletResponse response, Object body) throws IOException {
		write(response, MediaType.APPLICATION_JSON, body);
	}

	private void write(HttpServletResponse response, MediaType type, Object body) throws IOException {
		response.setContentType(type.toString());
		response.getOutputStream().write(this.json.writeValueAsBytes(body));
	}

}
