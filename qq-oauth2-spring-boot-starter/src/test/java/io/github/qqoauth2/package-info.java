/**
 * Tests of the architecture of the whole project.
 */
@NullMarked
package io.github.qqoauth2;

import org.jspecify.annotations.NullMarked;
