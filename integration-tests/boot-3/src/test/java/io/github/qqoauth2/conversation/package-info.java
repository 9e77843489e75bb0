/**
 * What the starter's conversations need in another form on Spring Boot 3.
 */
@NullMarked
package io.github.qqoauth2.conversation;

import org.jspecify.annotations.NullMarked;
