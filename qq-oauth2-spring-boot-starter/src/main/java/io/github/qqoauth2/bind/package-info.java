/**
 * The QQ login in the browser: redirecting to QQ and handling the callback within Spring
 * Security's {@code oauth2Login}, the pending binding, the pages, their JSON equivalents,
 * and the checks before a binding is saved: of existing accounts in
 * {@code BindingDecision}, of new accounts in {@code RegistrationForm}.
 */
@NullMarked
package io.github.qqoauth2.bind;

import org.jspecify.annotations.NullMarked;
