/**
 * Auto-configuration of the QQ login: properties, defaults, beans that back off, and
 * start-up checks.
 */
@NullMarked
package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.NullMarked;
