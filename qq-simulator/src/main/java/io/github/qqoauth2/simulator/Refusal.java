package io.github.qqoauth2.simulator;

/**
 * One of QQ's errors. The descriptions for the client secret, the codes and the access
 * token are recorded from QQ; the others are worded alike, because they are not
 * published.
 *
 * @param number the number: {@code error} or, for a profile, {@code ret}
 * @param description its text
 */
record Refusal(int number, String description) {

	static final Refusal RESPONSE_TYPE = new Refusal(100000, "param response_type is wrong or lost ");

	static final Refusal CLIENT_ID = new Refusal(100001, "param client_id is wrong or lost ");

	static final Refusal CLIENT_SECRET = new Refusal(100002, "param client_secret is wrong or lost ");

	static final Refusal GRANT_TYPE = new Refusal(100004, "param grant_type is wrong or lost ");

	static final Refusal CODE = new Refusal(100005, "param code is wrong or lost ");

	static final Refusal REFRESH_TOKEN = new Refusal(100006, "param refresh_token is wrong or lost ");

	static final Refusal ACCESS_TOKEN = new Refusal(100007, "param access_token is wrong or lost ");

	static final Refusal UNKNOWN_APP = new Refusal(100008, "client id is illegal, not exist ");

	static final Refusal WRONG_SECRET = new Refusal(100009, "client_secret is illegal");

	static final Refusal REDIRECT_URI = new Refusal(100010, "redirect uri is illegal");

	static final Refusal EXPIRED_TOKEN = new Refusal(100014, "access token is expired");

	static final Refusal WRONG_TOKEN = new Refusal(100016, "access token check failed");

	static final Refusal WRONG_CODE = new Refusal(100019, "code to access token error");

	static final Refusal USED_CODE = new Refusal(100020, "code is reused error");

	static final Refusal WRONG_REFRESH_TOKEN = new Refusal(100021, "get access token error");

	// No number is published for a missing state; QQ is reported to show an error page.
	static final Refusal STATE = new Refusal(100029, "param state is wrong or lost ");

	static final Refusal UNION_ID = new Refusal(100048, "companyid not set");

	static final Refusal PROFILE_PARAMETERS = new Refusal(-1,
			"client request's parameters are invalid, invalid openid");

	static final Refusal PROFILE_APP = new Refusal(-2, "client request's appid is invalid");

	static final Refusal PROFILE_OPENID = new Refusal(-22, "openid is invalid");

	static final Refusal PROFILE_TOKEN = new Refusal(-23, "token is invalid");

	/**
	 * The text as shown on QQ's error page.
	 */
	String text() {
		return this.description + "(" + this.number + ")";
	}

}
