package io.github.qqoauth2.account;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqProfile;

/**
 * What an account is to be made of. Store {@link #password} as any other password,
 * encoded: an account that nobody chose one for gets a random one of 256 bits that nobody
 * knows, so that it cannot be logged in to by password, and remember-me works as for any
 * other account.
 *
 * @param username the name that was typed; {@code qq_} and 20 random hex digits where the
 * form has no field {@code username} and with {@link #automatic}. No name that is typed
 * begins with {@code qq_}
 * @param password the password that was typed, neither trimmed nor cut; a random one
 * where the form has no field {@code password} and with {@link #automatic}
 * @param values the other fields of the form by name, checked as they were declared; a
 * field that was left empty is absent
 * @param profile what QQ says of the visitor: nothing in it is unique or proved;
 * {@code null} where QQ did not answer
 * @param automatic whether nobody was asked ({@code qq.oauth2.auto-register})
 */
public record QqRegistration(String username, String password, Map<String, String> values, @Nullable QqProfile profile,
		boolean automatic) {

	/**
	 * Creates a registration.
	 */
	public QqRegistration {
		values = Map.copyOf(values);
	}

	/**
	 * Shows nothing of the person.
	 */
	@Override
	public String toString() {
		return "QqRegistration[automatic=" + this.automatic + ']';
	}

}
