/**
 * Tests of an application like RuoYi-Vue: its {@code UserDetailsService} checks the
 * password of the login in progress and throws exceptions of its own, its users have no
 * authorities, its tokens name a login in Redis, and every response has the status 200.
 * QQ login is added as described in {@code docs/front-ends.md}.
 */
@NullMarked
package io.github.qqoauth2.ruoyilike;

import org.jspecify.annotations.NullMarked;
