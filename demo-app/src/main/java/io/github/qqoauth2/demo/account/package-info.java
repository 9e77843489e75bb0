/**
 * The people of the shop: their accounts, and what the pages know of a visitor.
 */
@NullMarked
package io.github.qqoauth2.demo.account;

import org.jspecify.annotations.NullMarked;
