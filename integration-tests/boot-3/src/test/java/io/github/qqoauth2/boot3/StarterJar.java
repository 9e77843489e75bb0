package io.github.qqoauth2.boot3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

import io.github.qqoauth2.autoconfigure.QqOAuth2AutoConfiguration;

/**
 * The starter's jar on the class path.
 */
final class StarterJar {

	private static final String POM = "META-INF/maven/io.github.qqoauth2/qq-oauth2-spring-boot-starter/pom.xml";

	private StarterJar() {
	}

	static Path path() {
		try {
			return Path.of(QqOAuth2AutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static List<byte[]> classes() {
		try (JarFile jar = new JarFile(path().toFile())) {
			return jar.stream()
				.filter((entry) -> entry.getName().endsWith(".class"))
				.map((entry) -> read(jar, entry))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the pom inside the jar, which is the published one.
	 */
	static byte[] pom() {
		try (JarFile jar = new JarFile(path().toFile())) {
			return read(jar, Objects.requireNonNull(jar.getEntry(POM)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] read(JarFile jar, ZipEntry entry) {
		try (var content = jar.getInputStream(entry)) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
