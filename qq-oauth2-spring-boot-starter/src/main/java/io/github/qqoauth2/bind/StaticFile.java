package io.github.qqoauth2.bind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.DigestUtils;

/**
 * A style sheet or script of the starter. Its path contains a hash of its content, so
 * that browsers may keep it for good.
 */
final class StaticFile {

	private final String fileName;

	private final String contentType;

	private final String content;

	private StaticFile(String fileName, String contentType, String content) {
		this.fileName = fileName;
		this.contentType = contentType;
		this.content = content;
	}

	static StaticFile styleSheet(String name, String content) {
		return new StaticFile(hashed(name, content) + ".css", "text/css;charset=UTF-8", content);
	}

	static StaticFile script(String name, String content) {
		return new StaticFile(hashed(name, content) + ".js", "text/javascript;charset=UTF-8", content);
	}

	private static String hashed(String name, String content) {
		return name + "-" + DigestUtils.md5DigestAsHex(content.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Reads a file beside this class.
	 */
	static String read(String name) {
		try {
			return new ClassPathResource(name, StaticFile.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the last segment of the path.
	 */
	String fileName() {
		return this.fileName;
	}

	String path() {
		return LoginPaths.FILES + this.fileName;
	}

	/**
	 * Writes the file if it is requested.
	 * @return whether it was
	 */
	boolean answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!LoginPaths.isAt(request, path())) {
			return false;
		}
		response.setContentType(this.contentType);
		response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.getWriter().write(this.content);
		return true;
	}

}
