package io.github.qqoauth2.bind;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fragments of hostile addresses in every combination, from another seed in every build;
 * what fails is shrunk to the shortest and reported with its seed.
 */
@Tag("T-38")
class LocalPathPropertyTests {

	@Property(tries = 20_000)
	void orNullWhenPassedThenStaysOnTheHost(@ForAll("addresses") String address) {
		String path = LocalPath.orNull(address);
		Statistics.label("answer")
			.collect(path != null)
			.coverage((answers) -> answers.check(true).percentage((percentage) -> percentage > 5));
		if (path == null) {
			return;
		}
		assertThat(path).isEqualTo(address);
		assertThat(BrowserAddress.host(path)).isEqualTo(BrowserAddress.OWN_HOST);
	}

	/**
	 * A server or proxy may decode the path once, or take its dots out, before it sends
	 * the browser there again.
	 */
	@Property(tries = 20_000)
	void orNullWhenPassedThenItsOtherFormsStayToo(@ForAll("addresses") String address) {
		String path = LocalPath.orNull(address);
		if (path == null) {
			return;
		}
		String plainPath = URI.create(path).getRawPath();
		String decoded = URLDecoder.decode(plainPath.replace("+", "%2b"), StandardCharsets.UTF_8);
		assertThat(BrowserAddress.host(decoded)).isEqualTo(BrowserAddress.OWN_HOST);
		assertThat(BrowserAddress.host(URI.create(plainPath).normalize().toString()))
			.isEqualTo(BrowserAddress.OWN_HOST);
	}

	/**
	 * Half of them with the one slash that a path of the own host begins with, since few
	 * of the others get far.
	 */
	@Provide
	Arbitrary<String> addresses() {
		Arbitrary<String> fragments = Arbitraries
			.of("/", "\\", "//", "%2f", "%5C", "%5c", "%2e", ".", "..", "e.test", "own.test", "a", ":", "@", "?", "#",
					";", "&", "=", "%", "%09", "%0d%0a", "%25", "%252f", "\t", "\n", "\r", "\f", " ", "\u0000",
					"\u00a0", "\u3002", "\uff0f", "https:", "http:", "javascript:", "[::1]", "443")
			.list()
			.ofMaxSize(8)
			.map((pieces) -> String.join("", pieces));
		return Arbitraries.of("/", "").flatMap((first) -> fragments.map((rest) -> first + rest));
	}

}
