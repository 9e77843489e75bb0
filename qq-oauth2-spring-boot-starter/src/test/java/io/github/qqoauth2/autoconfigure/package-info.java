/**
 * Tests of the auto-configuration, which require the test support of Spring Boot 4.
 */
@NullMarked
package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.NullMarked;
