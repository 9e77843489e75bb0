/**
 * Bindings of QQ identities to the application's accounts: their store and events,
 * loading and registering accounts, stored QQ tokens, and issuing the site's own tokens.
 */
@NullMarked
package io.github.qqoauth2.account;

import org.jspecify.annotations.NullMarked;
