package io.github.qqoauth2.demo.sms;

/**
 * The purpose of a code. A code is valid for its purpose only.
 */
public enum SmsPurpose {

	/** Registration of an account. */
	REGISTER,

	/** Reset of a forgotten password. */
	RECOVER

}
