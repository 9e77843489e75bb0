package io.github.qqoauth2.account;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqProfile;

/**
 * The data of an account to create. Store {@link #password} encoded, like any other
 * password. If the visitor has not chosen one, it is a random value of 256 bits that is
 * not disclosed, so that a login with a password is impossible, while remember-me works
 * as for any other account.
 *
 * @param username the name that the visitor entered, which never begins with {@code qq_};
 * if the form has no field {@code username} or with {@link #automatic}, {@code qq_} and
 * 20 random hex digits
 * @param password the password that the visitor entered, neither trimmed nor truncated;
 * if the form has no field {@code password} or with {@link #automatic}, a random one
 * @param values the other fields of the form by name, validated as declared; fields left
 * empty and consents are absent
 * @param profile the visitor's QQ profile, in which nothing is unique or verified;
 * {@code null} if QQ did not return it
 * @param automatic whether the account is created from the QQ identity alone: by one
 * click on the bind page, if the registrar declares no fields except consents, or by
 * {@code qq.oauth2.auto-register}. The binding then counts as registered, so that it can
 * move to an account that the visitor already has
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
	 * Omits all personal data.
	 */
	@Override
	public String toString() {
		return "QqRegistration[automatic=" + this.automatic + ']';
	}

}
