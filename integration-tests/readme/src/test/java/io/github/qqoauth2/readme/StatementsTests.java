package io.github.qqoauth2.readme;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the coordinates, versions, commands, dependencies, types and properties that
 * the documents name.
 */
class StatementsTests {

	/** Also names removed types. */
	private static final Path CHANGELOG = Path.of("CHANGELOG.md");

	private static final Pattern MODULE = Pattern.compile("-pl (\\S+)");

	/** Test classes are not on this class path; {@code ThreatsTests} checks them. */
	private static final Pattern TYPE = Pattern.compile("\\bQq[A-Z][A-Za-z0-9]*(?<!Tests|IT|Contract)\\b");

	private static final Pattern STARTER = Pattern.compile("`(spring-boot-starter-[a-z0-9-]+)`");

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void dependenciesWhenReadThenMatchModules(String readme) throws Exception {
		assertModule(dependency(Path.of(readme)), "qq-oauth2-spring-boot-starter", "");
		assertModule(dependency(Path.of("docs", readme.replace("README", "testing"))),
				"qq-oauth2-spring-boot-starter-test", "test");
	}

	private static Snippet dependency(Path document) {
		return Document.read(document).snippet("app", "dependency");
	}

	private static void assertModule(Snippet snippet, String directory, String scope) throws Exception {
		Element dependency = xml(snippet.text());
		Element module = xml(Files.readString(Document.TOP.resolve(directory).resolve("pom.xml")));
		Element parent = (Element) module.getElementsByTagName("parent").item(0);
		assertThat(child(dependency, "groupId")).isEqualTo(child(parent, "groupId"));
		assertThat(child(dependency, "artifactId")).isEqualTo(child(module, "artifactId"));
		assertThat(child(dependency, "version")).isEqualTo(child(parent, "version"))
			.isEqualTo(System.getProperty("project.version"));
		assertThat(child(dependency, "scope")).isEqualTo(scope);
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void versionsWhenReadThenMatchBuild(String readme) {
		String text = String.join("\n", Document.read(Path.of(readme)).prose());
		assertThat(text).contains(System.getProperty("project.version"));
		for (String property : List.of("spring-boot.version", "spring-boot-4.0.version", "spring-boot-3.version")) {
			assertThat(text)
				.containsPattern("\\| Spring Boot \\|.*\\b" + Pattern.quote(System.getProperty(property)) + "\\b");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void startersWhenReadThenMatchDependencies(String readme) throws Exception {
		Document document = Document.read(Path.of(readme));
		Set<String> named = document.section(document.snippet("app", "dependency"))
			.prose()
			.stream()
			.flatMap((line) -> STARTER.matcher(line).results())
			.map((starter) -> starter.group(1))
			.collect(Collectors.toSet());
		Element pom = xml(Files.readString(Path.of("pom.xml")));
		Set<String> built = elements(pom, "dependency").filter((dependency) -> child(dependency, "scope").isEmpty())
			.map((dependency) -> child(dependency, "artifactId"))
			.filter((artifact) -> artifact.startsWith("spring-boot-"))
			.collect(Collectors.toSet());
		assertThat(named).isEqualTo(built).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void commandsWhenReadThenMatchContributingAndCi(String readme) throws IOException {
		List<Snippet> commands = Document.read(Path.of(readme))
			.snippets("")
			.stream()
			.filter((snippet) -> snippet.text().startsWith("mvn "))
			.toList();
		assertThat(commands).singleElement()
			.extracting(Snippet::lines)
			.isEqualTo(List.of("mvn -pl demo-app -am spring-boot:run", "mvn verify"));
		assertThat(Document.read(Path.of("CONTRIBUTING.md")).codeSpans()).containsAll(commands.get(0).lines());
		assertThat(Files.readAllLines(Document.TOP.resolve(".ci/run")))
			.filteredOn((line) -> line.matches("(JAVA_HOME=\\S+ )?mvn .*"))
			.anyMatch((line) -> line.endsWith(" verify"))
			.allMatch((line) -> line.matches(".* verify( -DexcludedGroups=browser)?"));
	}

	@Test
	void modulesWhenInCommandsThenExist() {
		Set<String> modules = Document.all()
			.stream()
			.flatMap((document) -> document.lines().stream())
			.filter((line) -> line.contains("mvn "))
			.flatMap((line) -> MODULE.matcher(line).results())
			.map((module) -> module.group(1))
			.collect(Collectors.toSet());
		assertThat(modules).contains("demo-app", "qq-simulator")
			.allMatch((module) -> Files.exists(Document.TOP.resolve(module).resolve("pom.xml")));
	}

	@Test
	void typesWhenNamedThenExist() throws IOException {
		Set<String> types = Arrays
			.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:io/github/qqoauth2/**/*.class"))
			.map(Resource::getFilename)
			.map((name) -> String.valueOf(name).replace(".class", ""))
			.collect(Collectors.toSet());
		Set<String> named = Document.all()
			.stream()
			.filter((document) -> !document.path().equals(CHANGELOG))
			.flatMap((document) -> document.codeSpans().stream())
			.flatMap((span) -> TYPE.matcher(span).results())
			.map(MatchResult::group)
			.collect(Collectors.toSet());
		assertThat(named).contains("QqAccountBindingStore", "QqAccountBindings");
		assertThat(types).containsAll(named);
	}

	@Test
	void keysWhenNamedThenAreOfPropertiesOrMessages() throws IOException {
		String metadata = "";
		for (Resource resource : new PathMatchingResourcePatternResolver()
			.getResources("classpath*:META-INF/spring-configuration-metadata.json")) {
			metadata += resource.getContentAsString(StandardCharsets.UTF_8);
		}
		String properties = metadata;
		ResourceBundle messages = ResourceBundle.getBundle("io/github/qqoauth2/bind/messages");
		Set<String> named = Document.all()
			.stream()
			.flatMap((document) -> document.codeSpans().stream())
			.filter((span) -> span.matches("qq\\.oauth2\\.[a-z.-]*[a-z]"))
			.collect(Collectors.toSet());
		assertThat(named).hasSizeGreaterThan(5)
			.allMatch((key) -> properties.contains("\"name\": \"" + key + "\"") || messages.containsKey(key));
	}

	private static Element xml(String text) throws Exception {
		return DocumentBuilderFactory.newDefaultInstance()
			.newDocumentBuilder()
			.parse(new InputSource(new StringReader(text)))
			.getDocumentElement();
	}

	private static Stream<Element> elements(Element parent, String name) {
		return Stream.iterate(0, (index) -> index < parent.getElementsByTagName(name).getLength(), (index) -> index + 1)
			.map((index) -> (Element) parent.getElementsByTagName(name).item(index));
	}

	/**
	 * Returns the text of a direct child, empty if there is none.
	 */
	private static String child(Element parent, String name) {
		for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
			if (node.getNodeName().equals(name)) {
				return node.getTextContent().strip();
			}
		}
		return "";
	}

}
