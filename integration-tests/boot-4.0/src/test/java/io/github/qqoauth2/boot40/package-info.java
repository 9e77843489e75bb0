/**
 * Tests of the starter's packaged jar on Spring Boot 4.0.
 */
@NullMarked
package io.github.qqoauth2.boot40;

import org.jspecify.annotations.NullMarked;
