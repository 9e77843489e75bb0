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
 * Answers the single page from filters, in the form of the starter's own answers.
 */
@Component
public final class SpaAnswers {

	private final JsonMapper json;

	private final MessageSource messages;

	private final LocaleResolver locales;

	SpaAnswers(JsonMapper json, MessageSource messages, LocaleResolver locales) {
		this.json = json;
		this.messages = messages;
		this.locales = locales;
	}

	/**
	 * Answers that something did not work.
	 * @param request the request
	 * @param response its response
	 * @param status the status
	 * @param code what the page goes by
	 * @param key the message for the visitor
	 * @throws IOException where the browser has gone
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
	 * Answers that it worked.
	 * @param response the response
	 * @param body what is written as JSON
	 * @throws IOException where the browser has gone
	 */
	public void write(HttpServletResponse response, Object body) throws IOException {
		write(response, MediaType.APPLICATION_JSON, body);
	}

	private void write(HttpServletResponse response, MediaType type, Object body) throws IOException {
		response.setContentType(type.toString());
		response.getOutputStream().write(this.json.writeValueAsBytes(body));
	}

}
