package io.github.qqoauth2.bind;

/**
 * The pages of one chain.
 *
 * @param chain the chain
 * @param bindPagePath the path of the bind page, the application's or ours
 * @param bindPage the bind page
 * @param accountPage the page of a signed-in user's QQ
 * @param errorPage the error page
 * @param errors the errors that the error page shows
 */
record LoginPages(LoginChain chain, String bindPagePath, BindPage bindPage, AccountPage accountPage,
		ErrorPage errorPage, LoginErrorRepository errors) {

}
