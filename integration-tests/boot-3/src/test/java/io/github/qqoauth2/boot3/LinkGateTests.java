package io.github.qqoauth2.boot3;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links the starter's jar, which is compiled against Spring Boot 4, against Spring Boot
 * 3, and tests {@link LinkGate}.
 */
class LinkGateTests {

	private static final String BUILDER = "org/springframework/security/oauth2/core/endpoint/OAuth2AuthorizationRequest$Builder";

	private static final String MANAGER = "org/springframework/security/authorization/AuthorizationManager";

	private static final String CATEGORY = "org/springframework/aot/hint/MemberCategory";

	private static final String AUTHORIZE = "(Ljava/util/function/Supplier;Ljava/lang/Object;)Lorg/springframework/security/authorization/AuthorizationResult;";

	@SuppressWarnings("NullAway.Init")
	private static URLClassLoader classPath;

	@BeforeAll
	static void open() throws IOException {
		URL[] urls = Stream
			.of(Files.readString(Path.of("target/runtime-class-path.txt")).strip().split(File.pathSeparator))
			.map(LinkGateTests::url)
			.toArray(URL[]::new);
		classPath = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
	}

	@AfterAll
	static void close() throws IOException {
		classPath.close();
	}

	@Test
	void jarWhenLinkedThenAllReferencesResolve() {
		List<byte[]> classes = StarterJar.classes();
		assertThat(classes).hasSizeGreaterThan(50);
		assertThat(link(classes)).isEmpty();
	}

	@Test
	void classWhenCompiledForBoot4ThenReportsReferences() {
		assertThat(link(method((code) -> {
			code.visitInsn(Opcodes.ACONST_NULL);
			code.visitLdcInsn("state");
			code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "state",
					"(Ljava/lang/String;)L" + BUILDER.replace("$Builder", "$AbstractBuilder") + ";", false);
			code.visitInsn(Opcodes.POP);
			code.visitTypeInsn(Opcodes.NEW, BUILDER);
			code.visitMethodInsn(Opcodes.INVOKESPECIAL, BUILDER, "<init>", "()V", false);
			code.visitFieldInsn(Opcodes.GETSTATIC, CATEGORY, "ACCESS_DECLARED_FIELDS", "L" + CATEGORY + ";");
			code.visitInsn(Opcodes.POP);
		}))).containsExactly("Planted cannot find " + CATEGORY + ".ACCESS_DECLARED_FIELDS L" + CATEGORY + ";",
				"Planted cannot find " + BUILDER + ".<init>()V",
				"Planted cannot find " + BUILDER + ".state(Ljava/lang/String;)L"
						+ BUILDER.replace("$Builder", "$AbstractBuilder") + ";",
				"Planted cannot find type " + BUILDER.replace("$Builder", "$AbstractBuilder"));
	}

	@Test
	void classWhenMemberIsOfAnotherKindThenReported() {
		assertThat(link(method((code) -> {
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/List", "size", "()I", true);
			code.visitInsn(Opcodes.POP);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/List", "of", "()Ljava/util/List;", false);
			code.visitInsn(Opcodes.POP);
			code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Object", "registerNatives", "()V", false);
			code.visitTypeInsn(Opcodes.NEW, "org/springframework/security/core/userdetails/User");
			code.visitFieldInsn(Opcodes.GETFIELD, "org/springframework/security/core/userdetails/User", "password",
					"Ljava/lang/String;");
			code.visitInsn(Opcodes.POP);
		}))).containsExactly(
				"Planted cannot access org/springframework/security/core/userdetails/User.password Ljava/lang/String;",
				"Planted cannot find java/lang/Object.registerNatives()V",
				"Planted expects java/util/List to be a class", "Planted expects java/util/List.size()I to be static");
	}

	@Test
	void lambdaWhenInterfaceHasAnotherAbstractMethodThenReported() {
		Handle factory = new Handle(Opcodes.H_INVOKESTATIC, "java/lang/invoke/LambdaMetafactory", "metafactory",
				"(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
						+ "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;Ljava/lang/invoke/MethodType;)"
						+ "Ljava/lang/invoke/CallSite;",
				false);
		Handle body = new Handle(Opcodes.H_INVOKESTATIC, "java/util/Objects", "requireNonNullElse",
				"(Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;", false);
		assertThat(link(method((code) -> {
			code.visitInvokeDynamicInsn("authorize", "()L" + MANAGER + ";", factory, Type.getMethodType(AUTHORIZE),
					body, Type.getMethodType(AUTHORIZE));
			code.visitInsn(Opcodes.POP);
		}))).singleElement()
			.asString()
			.startsWith("Planted has a lambda of " + MANAGER + ", which does not implement check(");
	}

	@Test
	void classWhenInterfaceHasAnotherAbstractMethodThenReported() {
		ClassWriter type = type("java/lang/Object", MANAGER);
		type.visitMethod(Opcodes.ACC_PUBLIC, "authorize", AUTHORIZE, null, null).visitEnd();
		assertThat(link(List.of(type.toByteArray()))).singleElement()
			.asString()
			.startsWith("Planted does not implement check(");
	}

	@Test
	void classWhenSupertypesCannotBeExtendedThenReported() {
		assertThat(link(List.of(type("java/lang/String", "java/lang/Object").toByteArray())))
			.containsExactly("Planted cannot extend java/lang/String", "Planted cannot implement java/lang/Object");
		ClassWriter thread = type("java/lang/Thread");
		thread.visitMethod(Opcodes.ACC_PUBLIC, "isAlive", "()Z", null, null).visitEnd();
		assertThat(link(List.of(thread.toByteArray())))
			.containsExactly("Planted cannot override java/lang/Thread.isAlive()Z");
	}

	@Test
	void classWhenAnnotationAttributeIsMissingThenReported() {
		ClassWriter type = type("java/lang/Object");
		type.visitAnnotation("Lorg/springframework/context/annotation/Bean;", true).visit("scope", "singleton");
		assertThat(link(List.of(type.toByteArray())))
			.containsExactly("Planted sets a missing attribute of @org/springframework/context/annotation/Bean: scope");
	}

	private static Set<String> link(List<byte[]> classes) {
		return LinkGate.link(classes, classPath, (type) -> type.startsWith("org/jspecify/annotations/"));
	}

	/**
	 * Returns a class with one method, which is not run.
	 */
	private static List<byte[]> method(Consumer<MethodVisitor> body) {
		ClassWriter type = type("java/lang/Object");
		MethodVisitor code = type.visitMethod(Opcodes.ACC_STATIC, "run", "()V", null, null);
		code.visitCode();
		body.accept(code);
		code.visitInsn(Opcodes.RETURN);
		code.visitMaxs(2, 0);
		code.visitEnd();
		return List.of(type.toByteArray());
	}

	private static ClassWriter type(String superclass, String... interfaces) {
		ClassWriter type = new ClassWriter(0);
		type.visit(Opcodes.V17, Opcodes.ACC_SUPER, "Planted", null, superclass, interfaces);
		return type;
	}

	private static URL url(String path) {
		try {
			return Path.of(path).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
