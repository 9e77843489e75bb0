/**
 * Security configuration, the login page and the bind page.
 */
@NullMarked
package io.github.qqoauth2.demo.login;

import org.jspecify.annotations.NullMarked;
