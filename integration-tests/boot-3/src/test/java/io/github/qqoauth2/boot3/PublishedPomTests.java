package io.github.qqoauth2.boot3;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the published pom. It declares the lowest supported versions, so that a build
 * tool that selects the highest version does not upgrade an application's Spring Boot.
 */
class PublishedPomTests {

	private final Element project;

	PublishedPomTests() throws Exception {
		this.project = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(StarterJar.pom()))
			.getDocumentElement();
	}

	@Test
	void dependenciesWhenPublishedThenHaveLowestVersions() {
		assertThat(children(child(this.project, "dependencies"))).extracting(PublishedPomTests::coordinates)
			.containsExactly("org.springframework.boot:spring-boot-starter-oauth2-client:3.5.0:compile",
					"org.springframework.boot:spring-boot-autoconfigure:3.5.0:compile",
					"org.springframework:spring-jdbc:6.2.7:compile");
	}

	@Test
	void pomWhenPublishedThenIsFlat() {
		assertThat(children(this.project)).extracting(Node::getNodeName)
			.doesNotContain("parent", "dependencyManagement", "properties", "build", "profiles", "repositories");
		assertThat(text(this.project, "groupId")).isEqualTo("io.github.qqoauth2");
		assertThat(text(this.project, "artifactId")).isEqualTo("qq-oauth2-spring-boot-starter");
		assertThat(text(this.project, "version")).isNotEmpty().doesNotContain("${");
		assertThat(text(this.project, "name")).isEqualTo("QQ OAuth2 Spring Boot Starter");
		assertThat(text(this.project, "description")).contains("QQ");
		assertThat(text(child(child(this.project, "licenses"), "license"), "name"))
			.isEqualTo("Apache License, Version 2.0");
	}

	private static String coordinates(Element dependency) {
		assertThat(children(dependency)).extracting(Node::getNodeName)
			.containsExactly("groupId", "artifactId", "version", "scope");
		return text(dependency, "groupId") + ":" + text(dependency, "artifactId") + ":" + text(dependency, "version")
				+ ":" + text(dependency, "scope");
	}

	private static String text(Element parent, String name) {
		return child(parent, name).getTextContent().strip();
	}

	private static Element child(Element parent, String name) {
		return children(parent).stream()
			.filter((element) -> element.getNodeName().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no " + name + " in " + parent.getNodeName()));
	}

	private static List<Element> children(Element parent) {
		return IntStream.range(0, parent.getChildNodes().getLength())
			.mapToObj(parent.getChildNodes()::item)
			.filter(Element.class::isInstance)
			.map(Element.class::cast)
			.toList();
	}

}
