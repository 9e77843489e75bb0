package io.github.qqoauth2.simulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ProgramOptions} and {@link QqSimulatorApplication}.
 */
class ProgramOptionsTests {

	@Test
	void parseWhenNoArgumentsThenUsesDefaults() {
		ProgramOptions options = ProgramOptions.parse();
		assertThat(options.port()).isEqualTo(9100);
		assertThat(options.app()).isEqualTo(new QqApp(QqSimulator.APP_ID, QqSimulator.APP_KEY, Set.of(), true));
	}

	@Test
	void parseWhenAllOptionsThenSupportsBothForms() {
		ProgramOptions options = ProgramOptions.parse("--port=0", "--app-id", "42", "--app-key=a=b", "--redirect-uri",
				"http://localhost/a", "--redirect-uri=http://localhost/b");
		assertThat(options.port()).isZero();
		assertThat(options.app().appId()).isEqualTo("42");
		assertThat(options.app().appKey()).isEqualTo("a=b");
		assertThat(options.app().redirectUris()).containsExactlyInAnyOrder("http://localhost/a", "http://localhost/b");
	}

	@Test
	void parseWhenPeopleThenReadsFile(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("people.properties"),
				"lan.nickname=兰\nlan.gender=女\nbo.nickname=\nbo.avatar=https://thirdqq.qlogo.cn/g\n");
		assertThat(ProgramOptions.parse("--people=" + file).people()).containsExactly(
				new QqPerson("bo", "", "男", "https://thirdqq.qlogo.cn/g"), new QqPerson("lan", "兰", "女", null));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProgramOptions.parse("--people", folder.resolve("none").toString()))
			.withMessageStartingWith("--people: cannot read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--help", "--port", "--port=x", "--port=65536", "--app-id=x", "--app-key=", "9100" })
	void parseWhenInvalidThenFails(String argument) {
		assertThatIllegalArgumentException().isThrownBy(() -> ProgramOptions.parse(argument));
	}

	@Test
	void startWhenOptionsAreValidThenRegistersApp() {
		try (QqSimulator simulator = QqSimulatorApplication
			.start(ProgramOptions.parse("--port=0", "--app-id=42", "--app-key=key"))) {
			TestClient client = new TestClient(simulator);
			assertThat(
					client.get(QqEndpoint.AUTHORIZE, TestClient.with(TestClient.authorize(), "client_id", "42")).body())
				.contains("小明");
		}
	}

}
