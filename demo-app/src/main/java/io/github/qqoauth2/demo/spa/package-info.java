/**
 * What the single-page version of the shop needs besides the JSON of the starter: its
 * page, its texts, and answers where the server's pages would redirect.
 */
@NullMarked
package io.github.qqoauth2.demo.spa;

import org.jspecify.annotations.NullMarked;
