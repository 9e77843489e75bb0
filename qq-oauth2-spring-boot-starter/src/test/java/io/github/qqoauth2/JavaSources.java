package io.github.qqoauth2;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;

/**
 * Parses Java sources with the JDK's parser, without resolving or compiling them.
 */
final class JavaSources {

	private static final Path MODULES = Path.of("..");

	private static final Path MAIN = Path.of("src", "main", "java");

	private JavaSources() {
	}

	/**
	 * Returns the names of the modules that have main code.
	 */
	static List<String> modules() throws IOException {
		try (Stream<Path> directories = Files.list(MODULES)) {
			return directories.filter((module) -> Files.isDirectory(module.resolve(MAIN)))
				.map((module) -> module.getFileName().toString())
				.toList();
		}
	}

	static List<CompilationUnitTree> ofModule(String module) throws IOException {
		try (Stream<Path> files = Files.walk(MODULES.resolve(module).resolve(MAIN))) {
			return parse(files.filter((file) -> file.toString().endsWith(".java")).map(JavaSources::read).toList());
		}
	}

	static List<CompilationUnitTree> of(String... sources) throws IOException {
		return parse(
				Stream.of(sources).map((source) -> new Source(URI.create("string:///Planted.java"), source)).toList());
	}

	private static Source read(Path file) {
		try {
			return new Source(file.toUri(), Files.readString(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<CompilationUnitTree> parse(List<Source> sources) throws IOException {
		JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
		JavacTask task = (JavacTask) compiler.getTask(null, null, (diagnostic) -> {
			throw new IllegalStateException(diagnostic.toString());
		}, List.of("-proc:none"), null, sources);
		List<CompilationUnitTree> units = new ArrayList<>();
		task.parse().forEach(units::add);
		return units;
	}

	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(URI uri, String text) {
			super(uri, JavaFileObject.Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
