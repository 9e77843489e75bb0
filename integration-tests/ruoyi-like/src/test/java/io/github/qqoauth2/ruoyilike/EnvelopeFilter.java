package io.github.qqoauth2.ruoyilike;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Wraps all JSON of the QQ login as {@code {code, msg, data}} with the status 200.
 */
class EnvelopeFilter extends OncePerRequestFilter {

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getServletPath().matches("/(account|oauth2/authorization|login|login/oauth2/code)/qq(/.*)?");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		ContentCachingResponseWrapper wrapper = new ContentCachingResponseWrapper(response);
		filters.doFilter(request, wrapper);
		String type = wrapper.getContentType();
		if (type != null && type.matches("application/(problem\\+)?json.*")) {
			wrap(wrapper);
		}
		wrapper.copyBodyToResponse();
	}

	private static void wrap(ContentCachingResponseWrapper response) throws IOException {
		Map<String, Object> data = parse(new String(response.getContentAsByteArray(), StandardCharsets.UTF_8));
		if (data.get("code") instanceof Number) {
			return; // the application's own response, such as that of its entry point
		}
		int code = response.getStatus();
		String message = (code == 200) ? "操作成功" : String.valueOf(data.get("detail"));
		response.resetBuffer();
		response.setStatus(200);
		response.setContentType("application/json;charset=UTF-8");
		response.getWriter().write(JSONObjectUtils.toJSONString(Map.of("code", code, "msg", message, "data", data)));
		response.getWriter().flush();
	}

	private static Map<String, Object> parse(String json) throws IOException {
		try {
			return JSONObjectUtils.parse(json);
		}
		catch (ParseException ex) {
			throw new IOException(ex);
		}
	}

}
