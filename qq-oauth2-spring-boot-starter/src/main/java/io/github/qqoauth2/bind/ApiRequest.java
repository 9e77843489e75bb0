package io.github.qqoauth2.bind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;

/**
 * A POST of a front end. Its parameters are the members of the JSON body; those of the
 * query are ignored.
 */
final class ApiRequest extends ParameterRequest {

	private static final int MAX_BODY = 64 * 1024;

	private ApiRequest(HttpServletRequest request, Map<String, String[]> parameters) {
		super(request, parameters);
	}

	/**
	 * Returns whether a request is one of a front end: it prefers JSON to HTML, or has
	 * the header {@code X-Requested-With: XMLHttpRequest}.
	 */
	static boolean matches(HttpServletRequest request) {
		return "XMLHttpRequest".equals(request.getHeader("X-Requested-With"))
				|| prefersJson(Collections.list(request.getHeaders("Accept")));
	}

	private static boolean prefersJson(List<String> accept) {
		MediaType preferred = accept.stream()
			.flatMap((header) -> MimeTypeUtils.tokenize(header).stream())
			.map(ApiRequest::type)
			.filter((type) -> type.getQualityValue() > 0 && (isJson(type) || isHtml(type)))
			.max(Comparator.comparingDouble(MediaType::getQualityValue))
			.orElse(MediaType.ALL);
		return isJson(preferred);
	}

	/**
	 * Returns a media type, or that of any content if it or its quality is invalid.
	 * {@code MediaType} does not check a quality whose name is in upper case.
	 */
	private static MediaType type(@Nullable String value) {
		try {
			MediaType type = (value != null) ? MediaType.parseMediaType(value) : MediaType.ALL;
			double quality = type.getQualityValue();
			return (quality >= 0 && quality <= 1) ? type : MediaType.ALL;
		}
		catch (IllegalArgumentException ex) {
			return MediaType.ALL;
		}
	}

	private static boolean isHtml(MediaType type) {
		return type.equalsTypeAndSubtype(MediaType.TEXT_HTML)
				|| type.equalsTypeAndSubtype(MediaType.APPLICATION_XHTML_XML);
	}

	private static boolean isJson(MediaType type) {
		return type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
				|| type.equalsTypeAndSubtype(MediaType.APPLICATION_PROBLEM_JSON);
	}

	/**
	 * Returns whether the content type is JSON, which is always UTF-8 (RFC 8259, section
	 * 8.1). An HTML form of another site cannot send it.
	 */
	static boolean isJsonBody(HttpServletRequest request) {
		try {
			MediaType media = type(request.getContentType());
			return media.equalsTypeAndSubtype(MediaType.APPLICATION_JSON)
					&& (media.getCharset() == null || StandardCharsets.UTF_8.equals(media.getCharset()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Reads the body.
	 * @return the request, or {@code null} if the body is not a JSON object or is longer
	 * than 64 KiB
	 */
	static @Nullable ApiRequest read(HttpServletRequest request) throws IOException {
		byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
		String text = new String(body, StandardCharsets.UTF_8).strip();
		if (body.length > MAX_BODY || !text.startsWith("{")) {
			return null;
		}
		try {
			Map<String, String[]> parameters = new LinkedHashMap<>();
			JSONObjectUtils.parse(text).forEach((name, value) -> {
				String parameter = text(value);
				if (parameter != null) {
					parameters.put(name, new String[] { parameter });
				}
			});
			return new ApiRequest(request, parameters);
		}
		catch (ParseException ex) {
			return null;
		}
	}

	/**
	 * Returns the parameter of a member, or {@code null} if it has none. {@code false}
	 * has none, as a form does not submit an unchecked checkbox.
	 */
	private static @Nullable String text(@Nullable Object value) {
		if (value instanceof String || value instanceof Number) {
			return value.toString();
		}
		return Boolean.TRUE.equals(value) ? "true" : null;
	}

}
