package io.github.qqoauth2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.sun.source.tree.CompilationUnitTree;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the structure of the main code, which read its sources. Checkstyle limits
 * lengths.
 */
class StructureTests {

	private static final String STARTER = "qq-oauth2-spring-boot-starter";

	@Test
	void modulesWhenListedThenContainMainCode() throws IOException {
		assertThat(JavaSources.modules()).contains(STARTER, "qq-simulator", "demo-app");
	}

	/**
	 * Spring Security's test annotations and their factories have to name each other.
	 */
	@Test
	void classesOfOnePackageWhenUsingEachOtherThenNoCycle() throws IOException {
		List<CompilationUnitTree> sources = new ArrayList<>();
		for (String module : JavaSources.modules()) {
			if (!module.equals(STARTER + "-test")) {
				sources.addAll(JavaSources.ofModule(module));
			}
		}
		assertThat(ClassCycles.in(sources)).isEmpty();
	}

	@Test
	void starterWhenSettersAreCountedThenAtMostTwo() throws IOException {
		assertThat(Setters.in(JavaSources.ofModule(STARTER))).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void cyclesWhenConstantIsUsedThenFound() throws IOException {
		assertThat(ClassCycles.in(JavaSources.of("""
				package planted;
				class Page {
					static final String PATH = "/";
					static class Part {
						Link link;
					}
				}
				""", """
				package planted;
				class Link {
					String path = Page.PATH;
				}
				"""))).containsExactly("planted [Link, Page]\n\tLink uses [Page]\n\tPage uses [Link]");
	}

	@Test
	void cyclesWhenImportsOrQualifiedNamesAreUsedThenFound() throws IOException {
		assertThat(ClassCycles.in(JavaSources.of("""
				package planted;
				import static planted.Second.NAME;
				class First {
					String name = NAME;
				}
				""", """
				package planted;
				import planted.Third.Part;
				class Second {
					static final String NAME = "";
					Part part;
				}
				""", """
				package planted;
				class Third {
					planted.First first;
					static class Part {
					}
				}
				"""))).containsExactly(
				"planted [First, Second, Third]\n\tFirst uses [Second]\n\tSecond uses [Third]\n\tThird uses [First]");
	}

	@Test
	void cyclesWhenCommentsOtherPackagesOrNestedTypesThenNone() throws IOException {
		assertThat(ClassCycles.in(JavaSources.of("""
				package planted;
				import java.util.List;
				class Page {
					List link;
					Inner inner;
					/** Not {@link Link}. */
					static class Inner {
					}
				}
				""", """
				package planted;
				class Link {
					Page page;
				}
				""", """
				package planted;
				class List {
					Page page;
				}
				""", """
				package planted;
				class Inner {
					Page page;
				}
				"""))).isEmpty();
	}

	@Test
	void settersWhenFieldIsAssignedThenFound() throws IOException {
		assertThat(Setters.in(JavaSources.of("""
				class Page {
					private String path;
					Page(String path) {
						this.path = path;
					}
					void path(String path) {
						this.path = path;
					}
					@Override
					public void setPath(String path) {
						this.path = path;
					}
					Page withPath(String path) {
						return new Page(path);
					}
					void reset() {
						this.path = "";
					}
					private void change(String path) {
						this.path = path;
					}
					void print(String path) {
						new Page(path);
					}
					static class Part {
						protected int number;
						protected synchronized void setNumber(int number) {
							if (number > 0) {
								this.number = number;
							}
						}
					}
					static class Builder {
						int number;
						void number(int number) {
							this.number = number;
						}
					}
				}
				"""))).containsExactlyInAnyOrder("Page.path", "Part.setNumber");
	}

}
