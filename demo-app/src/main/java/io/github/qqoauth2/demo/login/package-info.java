/**
 * Who may see what, the login page, and where a login leads.
 */
@NullMarked
package io.github.qqoauth2.demo.login;

import org.jspecify.annotations.NullMarked;
