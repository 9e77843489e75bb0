import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

/**
 * Prints the figures of docs/design.md. {@code java docs/PathFigures.java SOURCES} prints
 * those of each package; {@code java docs/PathFigures.java SOURCES CLASS...} prints lines
 * and fan-out of the named classes. SOURCES is a directory {@code src/main/java}; tests
 * are looked up in {@code src/test/java} beside it.
 */
final class PathFigures {

	/** A class with at least this many branches counts as one that decides. */
	private static final int DECIDES = 10;

	private PathFigures() {
	}

	public static void main(String[] arguments) throws IOException {
		Path sources = Path.of(arguments[0]);
		if (arguments.length > 1) {
			printClasses(sources, List.of(arguments).subList(1, arguments.length));
		}
		else {
			printPackages(sources);
		}
	}

	/**
	 * Fan-out is the number of other classes of the starter that a class names, Javadoc
	 * and imports apart.
	 */
	private static void printClasses(Path directory, List<String> classes) throws IOException {
		Map<String, String> sources = new TreeMap<>();
		for (Path file : javaFiles(directory)) {
			sources.put(className(file), Files.readString(file));
		}
		List<Integer> fanOuts = new ArrayList<>();
		long lines = 0;
		for (String name : classes) {
			String code = sources.get(name)
				.replaceAll("(?s)/\\*.*?\\*/", "")
				.replaceAll("(?m)^import .*$", "")
				.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "");
			int fanOut = (int) sources.keySet()
				.stream()
				.filter((other) -> !other.equals(name) && Pattern.compile("\\b" + other + "\\b").matcher(code).find())
				.count();
			long length = sources.get(name).lines().count();
			System.out.printf("%-40s %4d lines, names %2d others%n", name, length, fanOut);
			lines += length;
			fanOuts.add(fanOut);
		}
		System.out.printf("%d files, %d lines, fan-out %d in all and %d at most%n", classes.size(), lines,
				fanOuts.stream().mapToInt(Integer::intValue).sum(),
				fanOuts.stream().mapToInt(Integer::intValue).max().orElse(0));
	}

	private static void printPackages(Path directory) throws IOException {
		Set<String> tests = new TreeSet<>();
		for (Path file : javaFiles(directory.resolveSibling(Path.of("..", "test", "java")).normalize())) {
			tests.add(className(file));
		}
		Map<String, Map<String, Figures>> packages = new TreeMap<>();
		for (CompilationUnitTree unit : parse(javaFiles(directory))) {
			for (Tree type : unit.getTypeDecls()) {
				Figures figures = new Figures();
				figures.scan(unit.getImports(), null);
				figures.scan(type, null);
				packages.computeIfAbsent(unit.getPackageName().toString(), (name) -> new TreeMap<>())
					.put(((ClassTree) type).getSimpleName().toString(), figures);
			}
		}
		packages.forEach((name, classes) -> print(name, classes, tests));
	}

	private static void print(String packageName, Map<String, Figures> classes, Set<String> tests) {
		System.out.println(packageName);
		System.out.printf("  files: %d%n", classes.size());
		System.out.printf("  classes in one dependency cycle: %d%n", circle(classes));
		System.out.printf("  arguments of the largest constructor: %s%n", largest(classes, false));
		System.out.printf("  components of the largest record: %s%n", largest(classes, true));
		System.out.printf("  setters: %s%n",
				classes.values().stream().flatMap((figures) -> figures.setters.stream()).toList());
		System.out.printf("  classes that wire a chain (name HttpSecurity): %s%n", names(classes, "HttpSecurity"));
		List<String> tested = classes.keySet().stream().filter((name) -> tests.contains(name + "Tests")).toList();
		System.out.printf("  classes with a test of their own name: %d of %d%n", tested.size(), classes.size());
		List<String> decide = classes.keySet()
			.stream()
			.filter((name) -> classes.get(name).branches >= DECIDES)
			.toList();
		System.out.printf("  classes with %d branches or more: %d, without a test of their own name: %s%n", DECIDES,
				decide.size(), decide.stream().filter((name) -> !tested.contains(name)).toList());
	}

	private static List<String> names(Map<String, Figures> classes, String used) {
		return classes.keySet().stream().filter((name) -> classes.get(name).used.contains(used)).toList();
	}

	private static String largest(Map<String, Figures> classes, boolean records) {
		return classes.values()
			.stream()
			.flatMap((figures) -> (records ? figures.records : figures.constructors).entrySet().stream())
			.max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
			.map((entry) -> entry.getValue() + " (" + entry.getKey() + ")")
			.orElse("none");
	}

	/**
	 * Returns how many classes the largest circle has: those that reach each other by the
	 * names they use.
	 */
	private static int circle(Map<String, Figures> classes) {
		Map<String, Set<String>> reached = new TreeMap<>();
		classes.keySet().forEach((name) -> reached.put(name, reachable(name, classes)));
		return classes.keySet()
			.stream()
			.mapToInt((name) -> (int) reached.get(name)
				.stream()
				.filter((other) -> reached.get(other).contains(name))
				.count())
			.map((size) -> (size > 1) ? size : 0)
			.max()
			.orElse(0);
	}

	private static Set<String> reachable(String start, Map<String, Figures> classes) {
		Set<String> reached = new TreeSet<>();
		Deque<String> next = new ArrayDeque<>(List.of(start));
		while (!next.isEmpty()) {
			String from = next.remove();
			classes.get(from).used.stream()
				.filter((name) -> classes.containsKey(name) && !name.equals(from) && reached.add(name))
				.forEach(next::add);
		}
		return reached;
	}

	private static String className(Path file) {
		return file.getFileName().toString().replace(".java", "");
	}

	private static List<Path> javaFiles(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> !file.endsWith("package-info.java"))
				.sorted()
				.toList();
		}
	}

	private static Iterable<? extends CompilationUnitTree> parse(List<Path> files) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
		return ((JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
				manager.getJavaFileObjectsFromPaths(files)))
			.parse();
	}

	/**
	 * What is counted in one file.
	 */
	private static final class Figures extends TreeScanner<Void, Void> {

		private final Set<String> used = new TreeSet<>();

		private final Map<String, Integer> constructors = new TreeMap<>();

		private final Map<String, Integer> records = new TreeMap<>();

		private final List<String> setters = new ArrayList<>();

		private final Deque<ClassTree> types = new ArrayDeque<>();

		private int branches;

		@Override
		public Void visitImport(ImportTree node, Void unused) {
			if (node.isStatic()) {
				String owner = ((MemberSelectTree) node.getQualifiedIdentifier()).getExpression().toString();
				this.used.add(owner.substring(owner.lastIndexOf('.') + 1));
			}
			return null;
		}

		@Override
		public Void visitIdentifier(IdentifierTree node, Void unused) {
			this.used.add(node.getName().toString());
			return null;
		}

		@Override
		public Void visitClass(ClassTree node, Void unused) {
			if (node.getKind() == Tree.Kind.RECORD) {
				int components = (int) node.getMembers()
					.stream()
					.filter((member) -> member instanceof VariableTree field
							&& !field.getModifiers().getFlags().contains(Modifier.STATIC))
					.count();
				this.records.put(node.getSimpleName().toString(), components);
			}
			this.types.push(node);
			super.visitClass(node, null);
			this.types.pop();
			return null;
		}

		@Override
		public Void visitMethod(MethodTree node, Void unused) {
			ClassTree type = this.types.peek();
			if (node.getReturnType() == null && type.getKind() != Tree.Kind.RECORD) {
				this.constructors.merge(type.getSimpleName().toString(), node.getParameters().size(), Math::max);
			}
			if (isSetter(node, type)) {
				this.setters.add(type.getSimpleName() + "." + node.getName());
			}
			return super.visitMethod(node, null);
		}

		/**
		 * The definition of StructureTests: not private, not static, returns nothing, has
		 * parameters, overrides nothing and assigns a field of its class.
		 */
		private static boolean isSetter(MethodTree method, ClassTree type) {
			Set<Modifier> flags = method.getModifiers().getFlags();
			boolean overrides = method.getModifiers()
				.getAnnotations()
				.stream()
				.anyMatch((annotation) -> annotation.getAnnotationType().toString().equals("Override"));
			if (overrides || method.getReturnType() == null || !method.getReturnType().toString().equals("void")
					|| method.getParameters().isEmpty() || method.getBody() == null
					|| !Collections.disjoint(flags, Set.of(Modifier.PRIVATE, Modifier.STATIC))
					|| type.getSimpleName().contentEquals("Builder")) {
				return false;
			}
			Set<String> assigned = new TreeSet<>();
			new TreeScanner<Void, Void>() {

				@Override
				public Void visitAssignment(AssignmentTree node, Void unused) {
					assigned.add(node.getVariable().toString());
					return super.visitAssignment(node, null);
				}

				@Override
				public Void visitClass(ClassTree node, Void unused) {
					return null;
				}

			}.scan(method.getBody(), null);
			return type.getMembers()
				.stream()
				.anyMatch((member) -> member instanceof VariableTree field
						&& assigned.contains("this." + field.getName()));
		}

		@Override
		public Void visitIf(IfTree node, Void unused) {
			this.branches++;
			return super.visitIf(node, null);
		}

		@Override
		public Void visitConditionalExpression(ConditionalExpressionTree node, Void unused) {
			this.branches++;
			return super.visitConditionalExpression(node, null);
		}

		@Override
		public Void visitCase(CaseTree node, Void unused) {
			this.branches++;
			return super.visitCase(node, null);
		}

		@Override
		public Void visitCatch(CatchTree node, Void unused) {
			this.branches++;
			return super.visitCatch(node, null);
		}

		@Override
		public Void visitBinary(BinaryTree node, Void unused) {
			if (node.getKind() == Tree.Kind.CONDITIONAL_AND || node.getKind() == Tree.Kind.CONDITIONAL_OR) {
				this.branches++;
			}
			return super.visitBinary(node, null);
		}

	}

}
