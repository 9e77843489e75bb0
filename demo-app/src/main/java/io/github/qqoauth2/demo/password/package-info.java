/**
 * A password forgotten, reset or changed.
 */
@NullMarked
package io.github.qqoauth2.demo.password;

import org.jspecify.annotations.NullMarked;
