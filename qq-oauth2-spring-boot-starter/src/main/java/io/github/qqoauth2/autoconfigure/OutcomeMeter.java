package io.github.qqoauth2.autoconfigure;

/**
 * Counts how QQ logins and bindings end, in words of a closed set.
 */
@FunctionalInterface
interface OutcomeMeter {

	/** Where nothing is measured. */
	OutcomeMeter NONE = (outcome) -> {
	};

	void count(String outcome);

}
