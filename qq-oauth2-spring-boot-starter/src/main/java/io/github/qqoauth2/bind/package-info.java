/**
 * The QQ login in the browser: redirecting to QQ and handling the callback within Spring
 * Security's {@code oauth2Login}, the pending binding, the pages, their JSON equivalents,
 * and the class that writes bindings.
 */
@NullMarked
package io.github.qqoauth2.bind;

import org.jspecify.annotations.NullMarked;
