package io.github.qqoauth2.autoconfigure;

/**
 * Counts the outcomes of QQ logins and bindings, each one of a fixed set of values.
 */
@FunctionalInterface
interface OutcomeMeter {

	/** Counts nothing. */
	OutcomeMeter NONE = (outcome) -> {
	};

	void count(String outcome);

}
