package io.github.qqoauth2.demo.sms;

/**
 * What a code is for, and good for nothing else.
 */
public enum SmsPurpose {

	/** A new account. */
	REGISTER,

	/** A forgotten password. */
	RECOVER

}
