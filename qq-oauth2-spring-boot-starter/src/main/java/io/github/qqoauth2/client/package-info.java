/**
 * HTTP client of QQ Connect: access token, openid and profile of a login, with QQ's reply
 * formats and error numbers. Independent of the application's accounts.
 */
@NullMarked
package io.github.qqoauth2.client;

import org.jspecify.annotations.NullMarked;
