/**
 * Reset and change of passwords.
 */
@NullMarked
package io.github.qqoauth2.demo.password;

import org.jspecify.annotations.NullMarked;
