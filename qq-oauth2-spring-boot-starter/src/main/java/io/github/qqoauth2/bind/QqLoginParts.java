package io.github.qqoauth2.bind;

import io.github.qqoauth2.client.QqClient;

/**
 * The parts of the QQ login made for one filter chain.
 */
record QqLoginParts(LoginChain chain, String bindPage, QqClient client, QqUserService userService,
		QqOutcomeHandler outcomes, QqCallbackFilter callbackFilter, QqNothingPendingFilter nothingPendingFilter,
		QqLoginPagesFilter pagesFilter, QqBindAuthenticationFilter bindFilter, QqAccountPageFilter accountFilter,
		LoginErrorRepository errors, QqMessages messages) {

	/**
	 * Not where binding happens at the site's own login page: whatever the site has in
	 * front of that page must not be got round by a second form.
	 */
	boolean hasBindForm() {
		return !this.bindPage.equals(this.chain.loginPage());
	}

}
