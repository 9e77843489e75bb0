/**
 * Where the messages of the demo go, since it sends none.
 */
@NullMarked
package io.github.qqoauth2.demo.outbox;

import org.jspecify.annotations.NullMarked;
