package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqClient;

/**
 * The parts of the QQ login made for one filter chain.
 *
 * @param hasBindForm not where binding happens at the site's own login page: whatever the
 * site has in front of that page must not be got round by a second form
 */
record QqLoginParts(LoginChain chain, boolean hasBindForm, QqClient client, QqUserService userService,
		QqOutcomeHandler outcomeHandler, QqCallbackFilter callbackFilter, QqNothingPendingFilter nothingPendingFilter,
		QqLoginPagesFilter pagesFilter, QqBindAuthenticationFilter bindFilter,
		@Nullable QqRegisterAuthenticationFilter registerFilter, QqAccountPageFilter accountFilter,
		AccountPassword password, QqApiFilter apiFilter, Answers answers, ApiModels models, LoginErrorRepository errors,
		QqMessages messages, OutcomeCounter outcomes) {

}
