package io.github.qqoauth2.bind;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Combines fragments of hostile addresses at random. Each build uses another seed; a
 * failure prints the shortest failing address and the seed, which {@code -Dseed=} sets.
 */
@Tag("T-38")
class LocalPathGenerationTests {

	private static final int ADDRESSES = 20_000;

	private static final long SEED = Long.getLong("seed", System.nanoTime());

	private static final List<String> FRAGMENTS = List.of("/", "\\", "//", "%2f", "%5C", "%5c", "%2e", ".", "..",
			"e.test", "own.test", "a", ":", "@", "?", "#", ";", "&", "=", "%", "%09", "%0d%0a", "%25", "%252f", "\t",
			"\n", "\r", "\f", " ", "\u0000", "\u00a0", "\u3002", "\uff0f", "https:", "http:", "javascript:", "[::1]",
			"443", "{", "|", "^", "\u4e66", "\ud800");

	/**
	 * Generates addresses and fails with the shortest one that violates the rule.
	 * @return how many of them are local paths
	 */
	private static int check(Predicate<String> rule) {
		Random random = new Random(SEED);
		int local = 0;
		for (int i = 0; i < ADDRESSES; i++) {
			List<String> address = fragments(random);
			assertThat(rule.test(String.join("", address))).as(() -> description(shrink(address, rule))).isTrue();
			local += (LocalPath.orNull(String.join("", address)) != null) ? 1 : 0;
		}
		return local;
	}

	/**
	 * Half of the addresses begin with a slash, since most of the others are refused at
	 * once.
	 */
	private static List<String> fragments(Random random) {
		List<String> address = new ArrayList<>(List.of(random.nextBoolean() ? "/" : ""));
		for (int count = random.nextInt(9); count > 0; count--) {
			address.add(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
		}
		return address;
	}

	/**
	 * Removes fragments for as long as the rest violates the rule.
	 */
	private static String shrink(List<String> address, Predicate<String> rule) {
		for (int i = 0; i < address.size(); i++) {
			List<String> shorter = new ArrayList<>(address);
			shorter.remove(i);
			if (!rule.test(String.join("", shorter))) {
				return shrink(shorter, rule);
			}
		}
		return String.join("", address);
	}

	private static String description(String address) {
		StringBuilder escaped = new StringBuilder();
		address.chars()
			.forEach((c) -> escaped.append((c > ' ' && c < 127) ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
		return "address \"" + escaped + "\", seed " + SEED;
	}

	private static boolean staysOnTheHost(String address) {
		String path = LocalPath.orNull(address);
		return path == null || (path.equals(address) && isOwn(path));
	}

	private static boolean staysOnTheHostWhenEncoded(String address) {
		String path = LocalPath.encodedOrNull(address);
		return path == null
				|| (path.equals(LocalPath.orNull(path)) && isOwn(path) && staysOnTheHostWhenRewritten(path));
	}

	/**
	 * A server or proxy may decode the path once, or remove its dot segments, before it
	 * redirects the browser there.
	 */
	private static boolean staysOnTheHostWhenRewritten(String address) {
		String path = LocalPath.orNull(address);
		if (path == null) {
			return true;
		}
		String plainPath = URI.create(path).getRawPath();
		return isOwn(URLDecoder.decode(plainPath.replace("+", "%2b"), StandardCharsets.UTF_8))
				&& isOwn(URI.create(plainPath).normalize().toString());
	}

	private static boolean isOwn(String reference) {
		return BrowserAddress.OWN_HOST.equals(BrowserAddress.host(reference));
	}

	@Test
	void orNullWhenLocalPathThenBrowserStaysOnTheHost() {
		assertThat(check(LocalPathGenerationTests::staysOnTheHost)).isGreaterThan(ADDRESSES / 20);
	}

	@Test
	void orNullWhenLocalPathThenRewrittenFormsStayOnTheHost() {
		assertThat(check(LocalPathGenerationTests::staysOnTheHostWhenRewritten)).isGreaterThan(ADDRESSES / 20);
	}

	@Test
	void encodedOrNullWhenLocalPathThenAllFormsStayOnTheHost() {
		assertThat(check(LocalPathGenerationTests::staysOnTheHostWhenEncoded)).isGreaterThan(ADDRESSES / 20);
	}

	@Test
	void shrinkWhenRuleFailsThenShortestAddress() {
		assertThat(shrink(List.of("/", "a", "\\", "?", "e.test"), (address) -> !address.contains("\\e.test")))
			.isEqualTo("\\e.test");
		assertThat(description("/\t")).startsWith("address \"/\\u0009\", seed ");
	}

}
