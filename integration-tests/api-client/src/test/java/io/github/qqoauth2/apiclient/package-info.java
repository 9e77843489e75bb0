/**
 * A client generated from the API document, run against the sites of the conversations.
 */
@NullMarked
package io.github.qqoauth2.apiclient;

import org.jspecify.annotations.NullMarked;
