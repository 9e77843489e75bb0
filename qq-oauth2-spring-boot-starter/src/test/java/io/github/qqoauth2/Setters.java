package io.github.qqoauth2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeKind;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/**
 * Finds setters, which leave an object incomplete until they are called. A setter is an
 * instance method that has parameters, returns nothing, is not private, and assigns a
 * field of its own class as {@code this.name = …}, the only form that Checkstyle accepts.
 * Methods with {@code @Override}, whose signature another type defines, and methods of a
 * nested class named Builder are ignored.
 */
final class Setters extends TreeScanner<Void, Void> {

	private static final Set<Modifier> NO_SETTER = Set.of(Modifier.PRIVATE, Modifier.STATIC, Modifier.ABSTRACT);

	private final List<String> found = new ArrayList<>();

	private Setters() {
	}

	/**
	 * Returns each setter as {@code Type.method}.
	 */
	static List<String> in(List<CompilationUnitTree> units) {
		Setters setters = new Setters();
		setters.scan(units, null);
		return setters.found;
	}

	@Override
	public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
		if (!type.getSimpleName().contentEquals("Builder")) {
			Set<String> fields = fields(type);
			type.getMembers()
				.stream()
				.filter(MethodTree.class::isInstance)
				.map(MethodTree.class::cast)
				.filter((method) -> mayBeSetter(method) && assigns(method, fields))
				.forEach((method) -> this.found.add(type.getSimpleName() + "." + method.getName()));
		}
		return super.visitClass(type, null);
	}

	private static Set<String> fields(ClassTree type) {
		return type.getMembers()
			.stream()
			.filter(VariableTree.class::isInstance)
			.map((field) -> ((VariableTree) field).getName().toString())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static boolean mayBeSetter(MethodTree method) {
		// A constructor has no return type.
		return method.getReturnType() instanceof PrimitiveTypeTree type && type.getPrimitiveTypeKind() == TypeKind.VOID
				&& !method.getParameters().isEmpty()
				&& method.getModifiers().getFlags().stream().noneMatch(NO_SETTER::contains)
				&& method.getModifiers()
					.getAnnotations()
					.stream()
					.noneMatch((annotation) -> annotation.getAnnotationType().toString().equals("Override"));
	}

	private static boolean assigns(MethodTree method, Set<String> fields) {
		Assignments assignments = new Assignments();
		assignments.scan(method.getBody(), null);
		return assignments.targets.stream().anyMatch(fields::contains);
	}

	private static final class Assignments extends TreeScanner<Void, Void> {

		private final Set<String> targets = new TreeSet<>();

		@Override
		public @Nullable Void visitAssignment(AssignmentTree node, @Nullable Void unused) {
			if (node.getVariable() instanceof MemberSelectTree target
					&& target.getExpression().toString().equals("this")) {
				this.targets.add(target.getIdentifier().toString());
			}
			return super.visitAssignment(node, null);
		}

		@Override
		public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
			// An anonymous class assigns its own fields.
			return null;
		}

	}

}
