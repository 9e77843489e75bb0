/**
 * The single-page version of the shop. In addition to the JSON of the starter, it needs
 * its page, its texts, and JSON where the server's pages redirect.
 */
@NullMarked
package io.github.qqoauth2.demo.spa;

import org.jspecify.annotations.NullMarked;
