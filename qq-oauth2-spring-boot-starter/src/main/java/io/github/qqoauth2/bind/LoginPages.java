package io.github.qqoauth2.bind;

/**
 * The pages of one chain.
 *
 * @param chain the chain
 * @param bindPagePath the path of the bind page, which may be a page of the application
 * @param bindPage the bind page of the starter
 * @param accountPage the page of the signed-in user
 * @param errorPage the error page
 * @param errors the errors that the error page shows
 */
record LoginPages(LoginChain chain, String bindPagePath, BindPage bindPage, AccountPage accountPage,
		ErrorPage errorPage, LoginErrorRepository errors) {

}
