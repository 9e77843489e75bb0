/**
 * QQ beside other OAuth2 features: providers, {@code oauth2Client}, kept tokens, an
 * authorization server.
 */
@NullMarked
package io.github.qqoauth2.conversation.oauth2;

import org.jspecify.annotations.NullMarked;
