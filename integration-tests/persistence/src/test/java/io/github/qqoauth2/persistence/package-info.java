/**
 * Tests of the starter with JPA, MyBatis and Flyway.
 */
@NullMarked
package io.github.qqoauth2.persistence;

import org.jspecify.annotations.NullMarked;
