package io.github.qqoauth2;

import java.lang.reflect.Modifier;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of package dependencies, public types and randomness.
 */
class ArchitectureTests {

	private static final JavaClasses classes = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("simulator"))
		.importPackages("io.github.qqoauth2");

	@Test
	void packagesWhenDependingOnEachOtherThenDownwardsOnly() {
		Architectures.layeredArchitecture()
			.consideringOnlyDependenciesInLayers()
			.layer("autoconfigure")
			.definedBy("..autoconfigure..")
			.layer("bind")
			.definedBy("..bind..")
			.layer("account")
			.definedBy("..account..")
			.layer("client")
			.definedBy("..qqoauth2.client..")
			.whereLayer("autoconfigure")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("bind")
			.mayOnlyBeAccessedByLayers("autoconfigure")
			.whereLayer("account")
			.mayOnlyBeAccessedByLayers("autoconfigure", "bind")
			.whereLayer("client")
			.mayOnlyBeAccessedByLayers("autoconfigure", "bind", "account")
			.check(classes);
		SlicesRuleDefinition.slices().matching("io.github.qqoauth2.(*)..").should().beFreeOfCycles().check(classes);
	}

	@Test
	void clientAndAccountWhenCompiledThenIndependentOfServlets() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAnyPackage("io.github.qqoauth2.client", "io.github.qqoauth2.account")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("jakarta.servlet..", "org.springframework.security.web..")
			.check(classes);
	}

	@Test
	void publicTypesWhenListedThenExactlyThese() {
		Set<String> types = classes.stream()
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter((type) -> !Modifier.isPrivate(type.reflect().getModifiers()))
			.filter((type) -> type.getEnclosingClass()
				.map((enclosing) -> enclosing.getModifiers().contains(JavaModifier.PUBLIC))
				.orElse(true))
			.map((type) -> type.getName().replace("io.github.qqoauth2.", ""))
			.collect(Collectors.toSet());
		assertThat(types).containsExactlyInAnyOrder("account.QqAccountBinding", "account.QqAccountBindingStore",
				"account.QqAccountBindings", "account.QqAccountEvent", "account.QqAccountEvent$Kind",
				"account.QqAccountLoader", "account.QqAccountRegistrar", "account.QqAuthorizedClients",
				"account.QqRegistration", "account.QqRegistrationException", "account.QqRegistrationField",
				"autoconfigure.QqOAuth2AutoConfiguration", "autoconfigure.QqOAuth2Properties",
				"autoconfigure.QqOAuth2Properties$Jdbc", "autoconfigure.QqOAuth2Properties$Jdbc$InitializeSchema",
				"account.QqTokenIssuer", "bind.QqJsonResponseMapper", "bind.QqJsonResponseMapper$Kind",
				"bind.QqJsonResponseMapper$Response", "bind.QqLogin", "bind.QqLogin$Settings", "client.QqClient",
				"client.QqIdentity", "client.QqOAuth2Error", "client.QqProfile");
	}

	@Test
	@Tag("T-04")
	void randomnessWhenUsedThenSecure() {
		ArchRule rule = secureRandomnessOnly();
		rule.check(classes);
		JavaClasses violation = new ClassFileImporter().importClasses(Violation.class);
		assertThat(rule.evaluate(violation).hasViolation()).isTrue();
		assertThat(rule.evaluate(violation).getFailureReport().getDetails()).hasSize(5);
	}

	private static ArchRule secureRandomnessOnly() {
		DescribedPredicate<JavaClass> weak = DescribedPredicate.describe("weak randomness",
				(type) -> type.isEquivalentTo(Random.class) || type.isEquivalentTo(ThreadLocalRandom.class));
		return ArchRuleDefinition.noClasses()
			.should()
			.callMethod(Math.class, "random")
			.orShould()
			.callMethod(UUID.class, "randomUUID")
			.orShould()
			.accessClassesThat(weak);
	}

	@Test
	@Tag("T-45")
	void starterWhenCompiledThenIndependentOfSimulator() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.github.qqoauth2.simulator..")
			.check(classes);
		assertThat(classes).noneMatch((type) -> type.getPackageName().contains("simulator"));
	}

	/**
	 * A class that violates the rule.
	 */
	static final class Violation {

		String weak() {
			return Math.random() + UUID.randomUUID().toString() + new Random(1).nextInt()
					+ ThreadLocalRandom.current().getClass();
		}

	}

}
