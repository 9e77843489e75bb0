/**
 * The starter beside JPA, MyBatis and Flyway.
 */
@NullMarked
package io.github.qqoauth2.neighbours;

import org.jspecify.annotations.NullMarked;
