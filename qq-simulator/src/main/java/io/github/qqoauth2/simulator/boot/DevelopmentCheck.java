package io.github.qqoauth2.simulator.boot;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collection;

import org.springframework.core.NativeDetector;

/**
 * Tells an application in development from a packaged one: its classes lie in a folder,
 * and no web server or launcher has loaded them. A jar, an executable jar, a war, and a
 * native image are packaged.
 */
final class DevelopmentCheck {

	private DevelopmentCheck() {
	}

	/**
	 * Returns whether an application is in development.
	 * @param sources the sources of the {@code SpringApplication}
	 */
	static boolean isInDevelopment(Collection<?> sources) {
		return !NativeDetector.inNativeImage() && isOnClassPath(DevelopmentCheck.class)
				&& sources.stream().anyMatch((source) -> source instanceof Class<?> type && isInFolder(type));
	}

	/**
	 * Returns whether the JVM's own class loader has loaded a class.
	 */
	private static boolean isOnClassPath(Class<?> type) {
		ClassLoader loader = type.getClassLoader();
		ClassLoader system = ClassLoader.getSystemClassLoader();
		return loader != null && (loader.equals(system) || (system.equals(loader.getParent()) && isInFolder(type)));
	}

	private static boolean isInFolder(Class<?> type) {
		CodeSource source = type.getProtectionDomain().getCodeSource();
		if (source == null || source.getLocation() == null || !source.getLocation().getProtocol().equals("file")) {
			return false;
		}
		try {
			return Files.isDirectory(Path.of(source.getLocation().toURI()));
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return false;
		}
	}

}
