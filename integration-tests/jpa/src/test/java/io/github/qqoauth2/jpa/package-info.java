/**
 * An application with JPA, Flyway, PostgreSQL, remember-me and method security.
 */
@NullMarked
package io.github.qqoauth2.jpa;

import org.jspecify.annotations.NullMarked;
