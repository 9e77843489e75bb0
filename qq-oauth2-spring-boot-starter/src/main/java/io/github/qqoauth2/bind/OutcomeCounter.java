package io.github.qqoauth2.bind;

/**
 * Counts how QQ logins and bindings end. The words are a closed set: those used in this
 * package and the codes of {@link LoginError}.
 */
@FunctionalInterface
interface OutcomeCounter {

	void count(String outcome);

}
