/**
 * Unit tests of the QQ login in the browser.
 */
@NullMarked
package io.github.qqoauth2.bind;

import org.jspecify.annotations.NullMarked;
