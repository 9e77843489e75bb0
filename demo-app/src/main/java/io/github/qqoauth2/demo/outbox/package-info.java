/**
 * Messages of the demo, which are displayed instead of sent.
 */
@NullMarked
package io.github.qqoauth2.demo.outbox;

import org.jspecify.annotations.NullMarked;
