/**
 * The simulated QQ of a Spring Boot application in development.
 */
@NullMarked
package io.github.qqoauth2.simulator.boot;

import org.jspecify.annotations.NullMarked;
