package io.github.qqoauth2;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/**
 * Finds dependency cycles among the top-level classes of one package. A class uses
 * another if its source names it or a type nested in it, or imports a member of it.
 * Nested types are part of their top-level class; comments are ignored. The analysis
 * reads sources because javac inlines constants, so that class files do not show their
 * origin.
 */
final class ClassCycles {

	private final String packageName;

	private final Map<String, Set<String>> uses = new TreeMap<>();

	private ClassCycles(String packageName, List<CompilationUnitTree> units) {
		this.packageName = packageName;
		units.forEach((unit) -> classes(unit).forEach((type) -> this.uses.put(name(type), new TreeSet<>())));
		units.forEach((unit) -> classes(unit).forEach((type) -> addUses(unit, type)));
	}

	/**
	 * Describes each cycle by its package, its classes, and the classes that each one
	 * uses.
	 */
	static List<String> in(List<CompilationUnitTree> units) {
		return units.stream()
			.collect(Collectors.groupingBy((unit) -> String.valueOf(unit.getPackageName()), TreeMap::new,
					Collectors.toList()))
			.entrySet()
			.stream()
			.flatMap((entry) -> new ClassCycles(entry.getKey(), entry.getValue()).describe().stream())
			.toList();
	}

	private static List<ClassTree> classes(CompilationUnitTree unit) {
		return unit.getTypeDecls().stream().filter(ClassTree.class::isInstance).map(ClassTree.class::cast).toList();
	}

	private static String name(ClassTree type) {
		return type.getSimpleName().toString();
	}

	private void addUses(CompilationUnitTree unit, ClassTree type) {
		Names names = new Names();
		names.scan(type, null);
		names.used.removeAll(names.nested);
		unit.getImports().forEach((imported) -> addImport(imported, names));
		names.qualified.stream()
			.filter((name) -> name.startsWith(this.packageName + "."))
			.map((name) -> name.substring(this.packageName.length() + 1).split("\\.", 2)[0])
			.forEach(names.used::add);
		names.used.retainAll(this.uses.keySet());
		names.used.remove(name(type));
		this.uses.put(name(type), names.used);
	}

	private void addImport(ImportTree imported, Names names) {
		MemberSelectTree name = (MemberSelectTree) imported.getQualifiedIdentifier();
		String owner = name.getExpression().toString();
		names.qualified.add(owner);
		if (!imported.isStatic() && !owner.equals(this.packageName)) {
			// An imported class hides a class of the same name in this package.
			names.used.remove(name.getIdentifier().toString());
		}
	}

	private Set<String> reachable(String type) {
		Set<String> reached = new TreeSet<>();
		Deque<String> next = new ArrayDeque<>(this.uses.getOrDefault(type, Set.of()));
		while (!next.isEmpty()) {
			String name = next.remove();
			if (reached.add(name)) {
				next.addAll(this.uses.getOrDefault(name, Set.of()));
			}
		}
		return reached;
	}

	private Set<Set<String>> cycles() {
		Set<Set<String>> cycles = new LinkedHashSet<>();
		for (String type : this.uses.keySet()) {
			Set<String> cycle = new TreeSet<>(reachable(type));
			cycle.removeIf((name) -> !reachable(name).contains(type));
			if (!cycle.isEmpty()) {
				cycles.add(cycle);
			}
		}
		return cycles;
	}

	private List<String> describe() {
		return cycles().stream()
			.map((cycle) -> this.packageName + " " + cycle
					+ cycle.stream()
						.map((type) -> "\n\t" + type + " uses "
								+ this.uses.getOrDefault(type, Set.of()).stream().filter(cycle::contains).toList())
						.collect(Collectors.joining()))
			.toList();
	}

	private static final class Names extends TreeScanner<Void, Void> {

		private final Set<String> used = new TreeSet<>();

		private final Set<String> qualified = new TreeSet<>();

		private final Set<String> nested = new TreeSet<>();

		@Override
		public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
			this.used.add(node.getName().toString());
			return super.visitIdentifier(node, null);
		}

		@Override
		public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void unused) {
			ExpressionTree owner = node.getExpression();
			if (owner instanceof MemberSelectTree || owner instanceof IdentifierTree) {
				this.qualified.add(node.toString());
			}
			return super.visitMemberSelect(node, null);
		}

		@Override
		public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
			this.nested.add(name(node));
			return super.visitClass(node, null);
		}

	}

}
