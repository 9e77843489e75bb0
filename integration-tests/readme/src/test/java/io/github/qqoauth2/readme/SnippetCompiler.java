package io.github.qqoauth2.readme;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles files with snippets and reports errors with the line of the document.
 */
final class SnippetCompiler {

	private static final List<String> OPTIONS = List.of("--release", "17", "-parameters", "-proc:none", "-Werror",
			"-Xlint:deprecation,removal,unchecked,rawtypes");

	private final JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());

	private final List<Path> classPath;

	SnippetCompiler(List<Path> classPath) {
		this.classPath = classPath;
	}

	/**
	 * Compiles files.
	 * @param directory the directory of the application, which contains the files
	 * @param files the files
	 * @param output the directory for the classes
	 * @throws AssertionError if there is an error or a warning
	 */
	void compile(Path directory, List<SourceFile> files, Path output) {
		Map<Path, SourceFile> sources = files.stream()
			.collect(Collectors.toMap((file) -> directory.resolve(file.path()), (file) -> file));
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		List<String> options = new ArrayList<>(OPTIONS);
		options.addAll(List.of("-d", output.toString(), "-classpath",
				this.classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
		try (StandardJavaFileManager manager = this.compiler.getStandardFileManager(diagnostics, Locale.ENGLISH,
				StandardCharsets.UTF_8)) {
			boolean succeeded = this.compiler
				.getTask(null, manager, diagnostics, options, null,
						manager.getJavaFileObjectsFromPaths(sources.keySet()))
				.call();
			if (!succeeded || !diagnostics.getDiagnostics().isEmpty()) {
				throw new AssertionError(diagnostics.getDiagnostics()
					.stream()
					.map((diagnostic) -> described(diagnostic, sources))
					.collect(Collectors.joining("\n", "Snippets do not compile:\n", "")));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String described(Diagnostic<? extends JavaFileObject> diagnostic, Map<Path, SourceFile> sources) {
		SourceFile source = (diagnostic.getSource() != null) ? sources.get(Path.of(diagnostic.getSource().toUri()))
				: null;
		String place = (source != null) ? source.place(diagnostic.getLineNumber()) + ": " : "";
		return place + diagnostic.getKind() + ": " + diagnostic.getMessage(Locale.ENGLISH);
	}

}
