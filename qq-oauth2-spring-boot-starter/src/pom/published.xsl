<?xml version="1.0" encoding="UTF-8"?>
<!-- The flattened POM with the lowest supported versions, without provided and optional dependencies. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="http://maven.apache.org/POM/4.0.0">
	<xsl:param name="lowest-spring-boot"/>
	<xsl:param name="lowest-spring-framework"/>
	<xsl:template match="@*|node()">
		<xsl:copy>
			<xsl:apply-templates select="@*|node()"/>
		</xsl:copy>
	</xsl:template>
	<xsl:template match="m:dependency[m:groupId = 'org.springframework.boot']/m:version/text()">
		<xsl:value-of select="$lowest-spring-boot"/>
	</xsl:template>
	<xsl:template match="m:dependency[m:groupId = 'org.springframework']/m:version/text()">
		<xsl:value-of select="$lowest-spring-framework"/>
	</xsl:template>
	<xsl:template match="m:dependency[m:scope = 'provided' or m:optional = 'true']"/>
	<xsl:template match="text()[following-sibling::*[1][self::m:dependency[m:scope = 'provided' or m:optional = 'true']]]"/>
</xsl:stylesheet>
