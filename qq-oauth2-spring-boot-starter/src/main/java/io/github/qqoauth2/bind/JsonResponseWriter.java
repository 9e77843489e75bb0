package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

import io.github.qqoauth2.bind.QqJsonResponseMapper.Kind;
import io.github.qqoauth2.bind.QqJsonResponseMapper.Response;

/**
 * Writes JSON responses, in the form of the application's mapper if it has one.
 */
final class JsonResponseWriter {

	/** Set once the mapper has failed, so that it is not called again. */
	private static final String FAILED = JsonResponseWriter.class.getName() + ".failed";

	private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

	private final Supplier<@Nullable QqJsonResponseMapper> mapper;

	JsonResponseWriter(Supplier<@Nullable QqJsonResponseMapper> mapper) {
		this.mapper = mapper;
	}

	/**
	 * Returns whether the application has a mapper. One that cannot be created counts.
	 */
	boolean hasMapper() {
		try {
			return this.mapper.get() != null;
		}
		catch (RuntimeException ex) {
			return true;
		}
	}

	/**
	 * Maps a response, unless the mapper has failed for this request.
	 * @throws RuntimeException if the mapper fails or its result cannot be written
	 */
	Mapped map(HttpServletRequest request, Response response) {
		if (request.getAttribute(FAILED) != null) {
			return Mapped.unchanged(response);
		}
		request.setAttribute(FAILED, true);
		QqJsonResponseMapper found = this.mapper.get();
		Mapped mapped = (found != null) ? Mapped.changed(response, found.map(request, response))
				: Mapped.unchanged(response);
		request.removeAttribute(FAILED);
		return mapped;
	}

	/**
	 * Writes and flushes a response. A session store that refuses to save the session
	 * thus throws while the response can still be replaced.
	 */
	void write(HttpServletResponse response, Mapped mapped) throws IOException {
		response.resetBuffer();
		response.setStatus(mapped.status());
		response.setHeader("Cache-Control", "no-store, private");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.addHeader("Vary", "Accept, Accept-Language, X-Requested-With");
		if (!WITHOUT_BODY.contains(mapped.status())) {
			response.setContentType(mapped.contentType());
			response.setCharacterEncoding("UTF-8");
			response.getWriter().write(mapped.text());
		}
		response.flushBuffer();
	}

	/**
	 * A response as it is written.
	 *
	 * @param status the HTTP status
	 * @param contentType the content type
	 * @param text the JSON object
	 */
	record Mapped(int status, String contentType, String text) {

		static Mapped unchanged(Response response) {
			return new Mapped(response.status(), (response.kind() == Kind.PROBLEM)
					? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.APPLICATION_JSON_VALUE, text(response));
		}

		/**
		 * A problem that the mapper leaves as it is keeps its content type.
		 */
		static Mapped changed(Response original, @Nullable Response response) {
			if (response == null) {
				throw new IllegalStateException("The QqJsonResponseMapper returned null");
			}
			if (response.status() < 200 || response.status() > 599) {
				throw new IllegalStateException(
						"The QqJsonResponseMapper returned the status " + response.status() + ", which is none");
			}
			return response.equals(original) ? unchanged(original)
					: new Mapped(response.status(), MediaType.APPLICATION_JSON_VALUE, text(response));
		}

		private static String text(Response response) {
			return Objects.requireNonNull(JSONObjectUtils.toJSONString(response.body()));
		}

		/** Does not contain the text, which may have a token. */
		@Override
		public String toString() {
			return "Mapped[status=" + this.status + "]";
		}

	}

}
