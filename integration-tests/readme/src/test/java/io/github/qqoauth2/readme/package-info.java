/**
 * Tests of the documents: snippets, links and statements.
 */
@NullMarked
package io.github.qqoauth2.readme;

import org.jspecify.annotations.NullMarked;
