package io.github.qqoauth2;

import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every listed threat has a test that is tagged with its id.
 */
class ThreatsTests {

	private static final Set<String> THREATS = Set.of("T-01", "T-02", "T-03", "T-04", "T-05", "T-06", "T-07", "T-08",
			"T-09", "T-10", "T-11", "T-12", "T-13", "T-14", "T-15", "T-16", "T-17", "T-18", "T-19", "T-20", "T-21",
			"T-22", "T-23", "T-24", "T-25", "T-26", "T-27", "T-28", "T-29", "T-30", "T-31", "T-32", "T-33", "T-34",
			"T-35", "T-36", "T-37", "T-38", "T-39", "T-40", "T-41", "T-42", "T-43", "T-44", "T-45", "T-47", "T-48",
			"T-49", "T-57", "T-58");

	@Test
	void threatsWhenListedThenEachHasTaggedTest() {
		JavaClasses tests = new ClassFileImporter().withImportOption(new ImportOption.OnlyIncludeTests())
			.importPackages("io.github.qqoauth2");
		Set<String> tags = new TreeSet<>();
		for (JavaClass test : tests) {
			collect(test, tags);
			test.getMethods().forEach((method) -> collect(method, tags));
		}
		assertThat(tags).containsAll(THREATS);
	}

	private static void collect(HasAnnotations<?> annotated, Set<String> tags) {
		annotated.tryGetAnnotationOfType(Tag.class).ifPresent((tag) -> tags.add(tag.value()));
		annotated.tryGetAnnotationOfType(Tags.class).ifPresent((all) -> {
			for (Tag tag : all.value()) {
				tags.add(tag.value());
			}
		});
	}

}
