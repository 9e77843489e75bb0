/**
 * The authorization server of Spring Security 7.0.
 */
@NullMarked
package io.github.qqoauth2.conversation.oauth2;

import org.jspecify.annotations.NullMarked;
