/**
 * Tests of the wiring that need Spring Boot 4's test support.
 */
@NullMarked
package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.NullMarked;
