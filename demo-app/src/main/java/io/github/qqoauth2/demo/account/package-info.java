/**
 * Accounts of the shop and the signed-in user.
 */
@NullMarked
package io.github.qqoauth2.demo.account;

import org.jspecify.annotations.NullMarked;
