package io.github.qqoauth2.readme;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the links of documents whose file or heading does not exist. Links to other sites
 * are not checked.
 */
final class LinkChecker {

	private static final Pattern CODE_SPAN = Pattern.compile("`[^`]*`");

	/**
	 * An inline link or image, a reference definition, or an HTML attribute.
	 */
	private static final Pattern LINK = Pattern
		.compile("\\]\\(<?([^)\\s>]+)[^)]*\\)|^ {0,3}\\[[^\\]]+\\]:\\s*<?([^\\s>]+)|\\b(?:href|src)=\"([^\"]*)\"");

	private static final Pattern OTHER_SITE = Pattern.compile("[a-z]+:.*");

	private final Path top;

	LinkChecker(Path top) {
		this.top = top;
	}

	List<String> brokenLinks() {
		return Document.all(this.top).stream().flatMap((document) -> brokenLinks(document).stream()).toList();
	}

	/**
	 * Returns the broken links of a document, each with its line.
	 */
	List<String> brokenLinks(Document document) {
		List<String> broken = new ArrayList<>();
		List<String> prose = document.prose();
		for (int line = 0; line < prose.size(); line++) {
			String text = CODE_SPAN.matcher(prose.get(line)).replaceAll("");
			for (MatchResult result : LINK.matcher(text).results().toList()) {
				String link = target(result);
				if (!OTHER_SITE.matcher(link).matches() && !exists(document, link)) {
					broken.add(document.path() + ":" + (line + 1) + ": " + link);
				}
			}
		}
		return broken;
	}

	private static String target(MatchResult link) {
		return IntStream.rangeClosed(1, link.groupCount())
			.filter((group) -> link.group(group) != null)
			.mapToObj(link::group)
			.findFirst()
			.orElseThrow();
	}

	private boolean exists(Document document, String link) {
		URI uri;
		try {
			uri = new URI(link);
		}
		catch (URISyntaxException ex) {
			return false;
		}
		Path target = document.path();
		if (uri.getPath() != null && !uri.getPath().isEmpty()) {
			Path file = this.top.resolve(document.path()).resolveSibling(uri.getPath()).normalize();
			if (!file.startsWith(this.top) || !Files.exists(file)) {
				return false;
			}
			target = this.top.relativize(file);
		}
		String anchor = uri.getFragment();
		if (anchor == null || !target.toString().endsWith(".md")) {
			return true;
		}
		return anchors(target.equals(document.path()) ? document : Document.read(this.top, target)).contains(anchor);
	}

	private static List<String> anchors(Document document) {
		Map<String, Integer> counts = new HashMap<>();
		List<String> anchors = new ArrayList<>();
		for (Document.Heading heading : document.headings()) {
			int before = counts.merge(heading.anchor(), 1, Integer::sum) - 1;
			anchors.add((before == 0) ? heading.anchor() : heading.anchor() + "-" + before);
		}
		return anchors;
	}

}
