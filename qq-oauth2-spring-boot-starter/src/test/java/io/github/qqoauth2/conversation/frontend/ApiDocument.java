package io.github.qqoauth2.conversation.frontend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

import io.github.qqoauth2.conversation.Browser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API document, {@code docs/openapi.yaml}.
 */
final class ApiDocument {

	private static final ObjectMapper mapper = new ObjectMapper();

	private static final JsonNode document = read();

	private static final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

	private static final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
		.formatAssertionsEnabled(true)
		.build();

	private ApiDocument() {
	}

	private static JsonNode read() {
		try {
			return mapper.valueToTree(new Yaml().load(Files.readString(file("openapi.yaml"))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a document, which is below the root of the project whatever module runs.
	 */
	static Path file(String name) {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("docs").resolve(name))) {
			directory = Objects.requireNonNull(directory.getParent(), () -> name + " was not found");
		}
		return directory.resolve("docs").resolve(name);
	}

	/**
	 * Every response, as operation and status.
	 */
	static List<String> answers() {
		List<String> answers = new ArrayList<>();
		document.get("paths")
			.forEach((path) -> path.forEach((operation) -> operation.get("responses")
				.fieldNames()
				.forEachRemaining((status) -> answers.add(name(operation) + " " + status))));
		return answers;
	}

	/**
	 * Validates a request body.
	 */
	static void checkRequest(String path, String body) {
		JsonNode operation = operation("post", path);
		if (!operation.isMissingNode()) {
			assertThat(errors(operation.at("/requestBody/content/application~1json/schema"), body))
				.as("request to %s: %s", name(operation), body)
				.isEmpty();
		}
	}

	/**
	 * Validates a response.
	 * @return operation and status, or {@code null} if the document does not have the
	 * path or method
	 */
	static @Nullable String check(String method, String path, Browser.Page page) {
		JsonNode operation = operation(method, path);
		if (operation.isMissingNode()) {
			checkNotAllowed(method, path, page);
			return null;
		}
		String answer = name(operation) + " " + page.status();
		assertThat(answers()).as(page.body()).contains(answer);
		JsonNode response = resolved(operation.at("/responses/" + page.status()));
		checkBody(answer, response.path("content"), page);
		response.get("headers")
			.properties()
			.forEach((header) -> assertThat(page.header(header.getKey())).as("%s of %s", header, answer)
				.isEqualTo(resolved(header.getValue()).at("/schema/const").textValue()));
		return answer;
	}

	private static void checkBody(String answer, JsonNode content, Browser.Page page) {
		if (content.isMissingNode()) {
			assertThat(page.body()).as(answer).isEmpty();
			return;
		}
		String contentType = String.valueOf(page.header("Content-Type")).split(";", 2)[0];
		assertThat(content.has(contentType)).as("%s as %s", answer, contentType).isTrue();
		assertThat(errors(content.get(contentType).get("schema"), page.body())).as("%s: %s", answer, page.body())
			.isEmpty();
	}

	/**
	 * A documented path rejects other methods.
	 */
	private static void checkNotAllowed(String method, String path, Browser.Page page) {
		if (!path(path).isMissingNode()) {
			assertThat(page.status()).as("%s %s is not documented: %s", method, path, page.body()).isEqualTo(405);
			assertThat(errors(document.at("/components/schemas/Problem"), page.body())).as(page.body()).isEmpty();
		}
	}

	private static JsonNode path(String path) {
		return document.path("paths").path("/" + path.split("\\?", 2)[0]);
	}

	private static JsonNode operation(String method, String path) {
		return path(path).path(method);
	}

	private static String name(JsonNode operation) {
		return operation.get("operationId").textValue();
	}

	private static JsonNode resolved(JsonNode node) {
		return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
	}

	private static Set<ValidationMessage> errors(JsonNode schema, String json) {
		ObjectNode root = mapper.createObjectNode();
		root.set("allOf", mapper.createArrayNode().add(schema));
		root.set("components", document.get("components"));
		return schemas.getSchema(root, config).validate(json, InputFormat.JSON);
	}

}
