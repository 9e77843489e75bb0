package io.github.qqoauth2.readme;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;
import org.springframework.util.FileSystemUtils;

/**
 * An application that is generated from snippets, compiled, and run in a separate
 * process.
 */
final class GeneratedApplication {

	private static final String MAIN_CLASS = "com.example.Application";

	private static final String TEST_PACKAGE = "com.example";

	private final Path directory;

	private final List<Path> classPath;

	private GeneratedApplication(Path directory, List<Path> classPath) {
		this.directory = directory;
		this.classPath = classPath;
	}

	/**
	 * Writes and compiles an application.
	 * @param name its directory in {@code target/apps}
	 * @param classPath its class path at run time
	 * @param files its files
	 * @throws AssertionError if it does not compile
	 */
	static GeneratedApplication build(String name, List<Path> classPath, List<SourceFile> files) {
		Path directory = Path.of("target", "apps", name).toAbsolutePath();
		try {
			FileSystemUtils.deleteRecursively(directory);
			for (SourceFile file : files) {
				write(directory.resolve(file.path()), file.text());
				if (file.isIn("src/main/resources")) {
					write(directory.resolve("classes").resolve(Path.of("src/main/resources").relativize(file.path())),
							file.text());
				}
			}
			Files.createDirectories(directory.resolve("classes"));
			Files.createDirectories(directory.resolve("test-classes"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		GeneratedApplication application = new GeneratedApplication(directory, classPath);
		application.compile(files);
		return application;
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private void compile(List<SourceFile> files) {
		new SnippetCompiler(this.classPath).compile(this.directory,
				files.stream().filter((file) -> file.isIn("src/main/java")).toList(), classes());
		List<SourceFile> tests = files.stream().filter((file) -> file.isIn("src/test/java")).toList();
		if (!tests.isEmpty()) {
			new SnippetCompiler(testClassPath()).compile(this.directory, tests, testClasses());
		}
	}

	private Path classes() {
		return this.directory.resolve("classes");
	}

	private Path testClasses() {
		return this.directory.resolve("test-classes");
	}

	private List<Path> testClassPath() {
		return Stream.concat(Stream.of(classes()), ClassPaths.test().stream()).toList();
	}

	Path directory() {
		return this.directory;
	}

	/**
	 * Starts the program.
	 * @param environment the environment variables that the README leaves to the user
	 */
	ProgramRun start(Map<String, String> environment) {
		List<Path> path = Stream.concat(Stream.of(classes()), this.classPath.stream()).toList();
		return run("application.log", path, environment, List.of(MAIN_CLASS));
	}

	/**
	 * Packages the application as an executable jar with all its dependencies, and starts
	 * that.
	 */
	ProgramRun startPackaged(Map<String, String> environment) throws IOException {
		Path jar = this.directory.resolve("plain.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
				Stream<Path> files = Files.walk(classes())) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				out.putNextEntry(new ZipEntry(classes().relativize(file).toString().replace('\\', '/')));
				Files.copy(file, out);
			}
		}
		Repackager repackager = new Repackager(jar.toFile());
		repackager.setMainClass(MAIN_CLASS);
		Path executable = this.directory.resolve("application.jar");
		repackager.repackage(executable.toFile(), (callback) -> {
			for (Path entry : this.classPath) {
				callback.library(new Library(entry.toFile(), LibraryScope.COMPILE));
			}
		});
		return run("packaged.log", List.of(executable), environment,
				List.of("org.springframework.boot.loader.launch.JarLauncher"));
	}

	/**
	 * Runs the tests of the application, as a build would.
	 * @return their output
	 * @throws AssertionError if they fail
	 */
	String runTests() throws InterruptedException {
		List<Path> path = Stream.concat(Stream.of(testClasses()), testClassPath().stream()).toList();
		try (ProgramRun run = run("tests.log", path, Map.of(),
				List.of("org.junit.platform.console.ConsoleLauncher", "execute", "--select-package=" + TEST_PACKAGE,
						"--fail-if-no-tests", "--disable-banner", "--disable-ansi-colors", "--details=tree",
						"--details-theme=ascii"))) {
			int status = run.awaitEnd();
			if (status != 0) {
				throw new AssertionError(
						"The tests of " + TEST_PACKAGE + " ended with " + status + ":\n" + run.output());
			}
			return run.output();
		}
	}

	private ProgramRun run(String log, List<Path> classPath, Map<String, String> environment, List<String> program) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+EnableDynamicAgentLoading", "-Dfile.encoding=UTF-8", "-cp",
						classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
		command.addAll(program);
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve(log).toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("QQ_") || name.startsWith("SPRING_"));
		builder.environment().putAll(environment);
		try {
			return new ProgramRun(builder.start(), this.directory.resolve(log));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The process of a generated application. Closing it stops the process.
	 *
	 * @param process the process
	 * @param log the file with its output
	 */
	record ProgramRun(Process process, Path log) implements AutoCloseable {

		/**
		 * Bounds every wait. Waits end with the output or the process, so a slow machine
		 * has time to spare.
		 */
		private static final long TIMEOUT_MINUTES = 5;

		/**
		 * Waits for a text in the output and returns the number after it.
		 */
		int awaitNumberAfter(String text) throws InterruptedException {
			long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(TIMEOUT_MINUTES);
			while (System.nanoTime() < end) {
				boolean ended = this.process.waitFor(50, TimeUnit.MILLISECONDS);
				String output = output();
				int start = output.indexOf(text) + text.length();
				int stop = output.indexOf(' ', start);
				if (output.contains(text) && stop > start) {
					return Integer.parseInt(output.substring(start, stop));
				}
				if (ended) {
					break;
				}
			}
			throw new AssertionError("Did not print '" + text + "':\n" + output());
		}

		int awaitEnd() throws InterruptedException {
			if (!this.process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
				throw new AssertionError("Still running:\n" + output());
			}
			return this.process.exitValue();
		}

		String output() {
			try {
				return new String(Files.readAllBytes(this.log), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() {
			this.process.destroy();
			this.process.onExit().completeOnTimeout(this.process, TIMEOUT_MINUTES, TimeUnit.MINUTES).join();
			this.process.destroyForcibly().onExit().orTimeout(TIMEOUT_MINUTES, TimeUnit.MINUTES).join();
		}

	}

}
