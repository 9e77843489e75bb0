/**
 * QQ Connect on the wire: the access token, the openid and the profile of a login, its
 * replies and its errors. Knows nothing of accounts.
 */
@NullMarked
package io.github.qqoauth2.client;

import org.jspecify.annotations.NullMarked;
