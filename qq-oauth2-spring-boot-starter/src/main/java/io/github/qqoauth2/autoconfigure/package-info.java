/**
 * Auto-configuration of the QQ login: properties, defaults, beans that back off, and what
 * is said when something is set up wrongly.
 */
@NullMarked
package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.NullMarked;
