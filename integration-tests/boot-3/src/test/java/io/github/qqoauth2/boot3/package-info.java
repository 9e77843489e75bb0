/**
 * Tests of the starter's packaged jar on Spring Boot 3.
 */
@NullMarked
package io.github.qqoauth2.boot3;

import org.jspecify.annotations.NullMarked;
