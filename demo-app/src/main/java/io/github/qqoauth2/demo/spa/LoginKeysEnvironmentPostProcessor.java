package io.github.qqoauth2.demo.spa;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Properties;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * Provides the keys for logins without a session. They are generated at the first start
 * and stored in the data directory. Keys from the environment take precedence.
 */
final class LoginKeysEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String TICKET_KEY = "qq.oauth2.ticket-key";

	static final String TOKEN_KEY = "onepage.token-key";

	private static final int BYTES = 32;

	/**
	 * Runs after the configuration files are loaded.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Path file = Path.of(environment.getRequiredProperty("onepage.data-dir"), "login-keys.properties");
		try {
			Properties keys = Files.exists(file) ? read(file) : create(file);
			environment.getPropertySources().addLast(new PropertiesPropertySource("loginKeys", keys));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read or write the login keys in " + file, ex);
		}
	}

	private static Properties read(Path file) throws IOException {
		Properties keys = new Properties();
		try (Reader reader = Files.newBufferedReader(file)) {
			keys.load(reader);
		}
		return keys;
	}

	/**
	 * Writes a temporary file first, which only its owner can read, and renames it.
	 */
	private static Properties create(Path file) throws IOException {
		Properties keys = new Properties();
		keys.setProperty(TICKET_KEY, generateKey());
		keys.setProperty(TOKEN_KEY, generateKey());
		Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
		Path written = Files.createTempFile(folder, "login-keys", null);
		try (Writer writer = Files.newBufferedWriter(written)) {
			keys.store(writer, "Secret: these keys allow signing in as any user");
		}
		Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
		return keys;
	}

	private static String generateKey() {
		return Base64.getEncoder().encodeToString(KeyGenerators.secureRandom(BYTES).generateKey());
	}

}
