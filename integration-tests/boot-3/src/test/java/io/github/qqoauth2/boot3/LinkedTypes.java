package io.github.qqoauth2.boot3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;

/**
 * The types of a class path with their declared and inherited members. Only class files
 * are read, no class is loaded.
 */
final class LinkedTypes {

	private static final String OBJECT = "java/lang/Object";

	private final ClassLoader classPath;

	private final Map<String, Optional<ClassNode>> types = new HashMap<>();

	LinkedTypes(ClassLoader classPath) {
		this.classPath = classPath;
	}

	void add(ClassNode type) {
		this.types.put(type.name, Optional.of(type));
	}

	@Nullable ClassNode find(String name) {
		return this.types.computeIfAbsent(name, this::read).orElse(null);
	}

	private Optional<ClassNode> read(String name) {
		try (InputStream classFile = this.classPath.getResourceAsStream(name + ".class")) {
			if (classFile == null) {
				return Optional.empty();
			}
			ClassNode type = new ClassNode();
			new ClassReader(classFile).accept(type, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
			return Optional.of(type);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the type, its superclasses beginning with the nearest, and all interfaces.
	 */
	List<ClassNode> hierarchy(String name) {
		Map<String, ClassNode> hierarchy = new LinkedHashMap<>();
		for (String next = name; next != null;) {
			ClassNode type = find(next);
			if (type != null) {
				hierarchy.put(next, type);
			}
			next = (type != null) ? type.superName : null;
		}
		List<ClassNode> classes = List.copyOf(hierarchy.values());
		classes.forEach((type) -> addInterfaces(type, hierarchy));
		return List.copyOf(hierarchy.values());
	}

	private void addInterfaces(ClassNode type, Map<String, ClassNode> hierarchy) {
		for (String name : type.interfaces) {
			ClassNode found = find(name);
			if (found != null && hierarchy.putIfAbsent(name, found) == null) {
				addInterfaces(found, hierarchy);
			}
		}
	}

	boolean isSubtype(String name, String supertype) {
		return hierarchy(name).stream().anyMatch((type) -> type.name.equals(supertype));
	}

	@Nullable Member method(String owner, String signature) {
		String type = owner.startsWith("[") ? OBJECT : owner;
		return methods(type).stream().filter((method) -> method.signature().equals(signature)).findFirst().orElse(null);
	}

	@Nullable Member field(String owner, String signature) {
		return hierarchy(owner).stream()
			.flatMap((type) -> type.fields.stream()
				.map((field) -> new Member(type.name, field.name + " " + field.desc, field.access)))
			.filter((field) -> field.signature().equals(signature))
			.findFirst()
			.orElse(null);
	}

	private List<Member> methods(String owner) {
		return hierarchy(owner).stream()
			.flatMap((type) -> type.methods.stream()
				.map((method) -> new Member(type.name, method.name + method.desc, method.access)))
			.toList();
	}

	/**
	 * Returns the declared and inherited abstract methods that a type does not implement.
	 */
	Set<String> unimplemented(String name) {
		Set<String> unimplemented = new TreeSet<>();
		List<Member> methods = methods(name).stream().filter((method) -> !method.is(Opcodes.ACC_STATIC)).toList();
		methods.stream()
			.filter((method) -> method.is(Opcodes.ACC_ABSTRACT))
			.map(Member::signature)
			.filter((signature) -> !isImplemented(signature, methods))
			.forEach(unimplemented::add);
		return unimplemented;
	}

	private boolean isImplemented(String signature, List<Member> methods) {
		List<Member> inInterfaces = new ArrayList<>();
		for (Member method : methods) {
			if (method.signature().equals(signature) && !method.is(Opcodes.ACC_PRIVATE)) {
				if (!isInterface(method.owner())) {
					return !method.is(Opcodes.ACC_ABSTRACT);
				}
				inInterfaces.add(method);
			}
		}
		return inInterfaces.stream()
			.filter((method) -> inInterfaces.stream()
				.noneMatch((other) -> !other.equals(method) && isSubtype(other.owner(), method.owner())))
			.anyMatch((method) -> !method.is(Opcodes.ACC_ABSTRACT));
	}

	private boolean isInterface(String name) {
		return (Objects.requireNonNull(find(name)).access & Opcodes.ACC_INTERFACE) != 0;
	}

	boolean isVisible(String name, String referrer) {
		ClassNode type = find(name);
		return type == null || (type.access & Opcodes.ACC_PUBLIC) != 0 || inSamePackage(name, referrer);
	}

	boolean isVisible(Member member, String referrer) {
		if (member.is(Opcodes.ACC_PUBLIC)) {
			return true;
		}
		if (member.is(Opcodes.ACC_PRIVATE)) {
			return outermost(member.owner()).equals(outermost(referrer));
		}
		boolean inherited = member.is(Opcodes.ACC_PROTECTED) && isSubtype(referrer, member.owner());
		return inherited || inSamePackage(member.owner(), referrer);
	}

	private static boolean inSamePackage(String type, String other) {
		return type.substring(0, type.lastIndexOf('/') + 1).equals(other.substring(0, other.lastIndexOf('/') + 1));
	}

	private static String outermost(String type) {
		int nested = type.indexOf('$');
		return (nested != -1) ? type.substring(0, nested) : type;
	}

	/**
	 * A declared method or field.
	 *
	 * @param owner the declaring type
	 * @param signature name and descriptor
	 * @param access its access flags
	 */
	record Member(String owner, String signature, int access) {

		boolean is(int flag) {
			return (this.access & flag) != 0;
		}

	}

}
