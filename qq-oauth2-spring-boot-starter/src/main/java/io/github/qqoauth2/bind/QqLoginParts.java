package io.github.qqoauth2.bind;

import io.github.qqoauth2.client.QqClient;

/**
 * The parts of the QQ login made for one filter chain.
 */
record QqLoginParts(LoginChain chain, QqClient client, QqUserService userService, QqOutcomeHandler outcomes,
		QqCallbackFilter callbackFilter, QqNothingPendingFilter nothingPendingFilter, QqLoginPagesFilter pagesFilter,
		QqBindAuthenticationFilter bindFilter, QqAccountPageFilter accountFilter, LoginErrorRepository errors,
		QqMessages messages) {
}
