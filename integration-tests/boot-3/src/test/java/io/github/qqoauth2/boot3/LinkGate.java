package io.github.qqoauth2.boot3;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Links classes against a class path as the JVM does, but all at once, and reports what
 * does not link: types, methods and fields that are missing, not accessible or of another
 * kind; superclasses and interfaces that cannot be extended; abstract methods that are
 * not implemented; lambdas of interfaces that declare another method.
 */
final class LinkGate {

	private final LinkedTypes types;

	private final Predicate<String> exceptions;

	private final Set<String> violations = new TreeSet<>();

	private ClassNode referrer = new ClassNode();

	private LinkGate(LinkedTypes types, Predicate<String> exceptions) {
		this.types = types;
		this.exceptions = exceptions;
	}

	/**
	 * Links classes.
	 * @param classFiles the classes, which may refer to each other
	 * @param classPath the other classes that they may refer to
	 * @param exceptions the internal names of types that may be missing
	 * @return one line for each violation
	 */
	static Set<String> link(Collection<byte[]> classFiles, ClassLoader classPath, Predicate<String> exceptions) {
		LinkGate gate = new LinkGate(new LinkedTypes(classPath), exceptions);
		List<ClassNode> classes = new ArrayList<>();
		for (byte[] classFile : classFiles) {
			ClassNode type = new ClassNode();
			new ClassReader(classFile).accept(type, ClassReader.SKIP_DEBUG);
			gate.types.add(type);
			classes.add(type);
		}
		classes.forEach(gate::link);
		return gate.violations;
	}

	private void link(ClassNode type) {
		this.referrer = type;
		type.accept(new ClassRemapper(new ClassNode(), new EveryName()));
		linkSupertypes();
		for (MethodNode method : type.methods) {
			linkOverridden(method);
			method.instructions.forEach(this::link);
		}
	}

	private void linkSupertypes() {
		ClassNode superclass = this.types.find(this.referrer.superName);
		if (superclass != null && (superclass.access & (Opcodes.ACC_FINAL | Opcodes.ACC_INTERFACE)) != 0) {
			report("cannot extend " + superclass.name);
		}
		for (String name : this.referrer.interfaces) {
			ClassNode found = this.types.find(name);
			if (found != null && (found.access & Opcodes.ACC_INTERFACE) == 0) {
				report("cannot implement " + name);
			}
		}
		if ((this.referrer.access & Opcodes.ACC_ABSTRACT) == 0) {
			this.types.unimplemented(this.referrer.name).forEach((method) -> report("does not implement " + method));
		}
	}

	private void linkOverridden(MethodNode method) {
		if ((method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) != 0 || method.name.startsWith("<")) {
			return;
		}
		LinkedTypes.Member overridden = this.types.method(this.referrer.superName, method.name + method.desc);
		if (overridden != null && overridden.is(Opcodes.ACC_FINAL) && !overridden.is(Opcodes.ACC_PRIVATE)) {
			report("cannot override " + overridden.owner() + "." + overridden.signature());
		}
	}

	private void link(AbstractInsnNode instruction) {
		if (instruction instanceof MethodInsnNode call) {
			linkMethod(call.owner, call.name + call.desc, call.itf, call.getOpcode() == Opcodes.INVOKESTATIC);
		}
		else if (instruction instanceof FieldInsnNode access) {
			boolean isStatic = access.getOpcode() == Opcodes.GETSTATIC || access.getOpcode() == Opcodes.PUTSTATIC;
			linkMember(access.owner, this.types.field(access.owner, access.name + " " + access.desc),
					access.name + " " + access.desc, isStatic);
		}
		else if (instruction instanceof LdcInsnNode constant && constant.cst instanceof Handle handle) {
			link(handle);
		}
		else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
			link(dynamic.bsm);
			for (Object argument : dynamic.bsmArgs) {
				if (argument instanceof Handle handle) {
					link(handle);
				}
			}
			if (dynamic.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
				linkLambda(Type.getReturnType(dynamic.desc).getInternalName(), dynamic.name, dynamic.bsmArgs[0]);
			}
		}
	}

	private void link(Handle handle) {
		if (handle.getTag() >= Opcodes.H_INVOKEVIRTUAL) {
			linkMethod(handle.getOwner(), handle.getName() + handle.getDesc(), handle.isInterface(),
					handle.getTag() == Opcodes.H_INVOKESTATIC);
		}
	}

	private void linkLambda(String type, String name, Object descriptor) {
		for (String method : this.types.unimplemented(type)) {
			boolean sameName = method.startsWith(name + "(");
			boolean ofObject = this.types.method("java/lang/Object", method) != null;
			if (!sameName && !ofObject) {
				report("has a lambda of " + type + ", which does not implement " + method);
			}
		}
		if (!this.exceptions.test(type) && this.types.method(type, name + descriptor) == null) {
			report("has a lambda of " + type + ", which does not declare " + name + descriptor);
		}
	}

	private void linkMethod(String owner, String signature, boolean ofInterface, boolean isStatic) {
		ClassNode type = this.types.find(owner);
		if (type != null && ofInterface != ((type.access & Opcodes.ACC_INTERFACE) != 0)) {
			report("expects " + owner + (ofInterface ? " to be an interface" : " to be a class"));
		}
		linkMember(owner, this.types.method(owner, signature), signature, isStatic);
	}

	private void linkMember(String owner, LinkedTypes.@Nullable Member member, String signature, boolean isStatic) {
		if (this.exceptions.test(owner)) {
			return;
		}
		boolean inherited = member != null && !member.owner().equals(owner);
		if (member == null || (inherited && signature.startsWith("<init>"))) {
			report("cannot find " + owner + "." + signature);
		}
		else if (!this.types.isVisible(owner, this.referrer.name)
				|| !this.types.isVisible(member, this.referrer.name)) {
			report("cannot access " + owner + "." + signature);
		}
		else if (member.is(Opcodes.ACC_STATIC) != isStatic) {
			report("expects " + owner + "." + signature + (isStatic ? " to be static" : " not to be static"));
		}
	}

	private void report(String violation) {
		this.violations.add(this.referrer.name + " " + violation);
	}

	/**
	 * Looks up every type that a class refers to, and every attribute of an annotation.
	 */
	private final class EveryName extends Remapper {

		EveryName() {
			super(Opcodes.ASM9);
		}

		@Override
		public String map(String type) {
			if (!LinkGate.this.exceptions.test(type) && LinkGate.this.types.find(type) == null) {
				report("cannot find type " + type);
			}
			return type;
		}

		@Override
		public String mapAnnotationAttributeName(String annotation, String name) {
			String type = Type.getType(annotation).getInternalName();
			ClassNode found = LinkGate.this.types.find(type);
			if (found != null && found.methods.stream().noneMatch((method) -> method.name.equals(name))) {
				report("sets a missing attribute of @" + type + ": " + name);
			}
			return Objects.requireNonNull(name);
		}

	}

}
