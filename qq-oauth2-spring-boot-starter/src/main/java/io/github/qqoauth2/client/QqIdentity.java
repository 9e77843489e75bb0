package io.github.qqoauth2.client;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Who logged in, as QQ proved it to this application.
 *
 * @param appId the app id that the openid belongs to; another application gets another
 * openid for the same person
 * @param openid QQ's key of the person for this app id: 1 to 64 of
 * {@code 0-9 A-Z a-z _ -}, compared exactly, case included
 * @param unionid the same for all applications that one developer has joined, or
 * {@code null} where it was not asked for or not granted. Not a key: it comes and goes
 * with a permission
 * @see <a href="https://wiki.connect.qq.com/unionid介绍">QQ on the unionid</a>
 */
public record QqIdentity(String appId, String openid, @Nullable String unionid) {

	private static final Pattern ID = Pattern.compile("(?!(?i:null|undefined)$)[0-9A-Za-z_-]{1,64}");

	/**
	 * Creates an identity.
	 * @throws IllegalArgumentException when an id has not the form that it must have
	 */
	public QqIdentity {
		Assert.hasText(appId, "An app id is required");
		Assert.isTrue(isValid(openid), "The openid must be 1 to 64 of 0-9 A-Z a-z _ -");
		Assert.isTrue(unionid == null || isValid(unionid), "The unionid must be 1 to 64 of 0-9 A-Z a-z _ -");
	}

	static boolean isValid(@Nullable String id) {
		return id != null && ID.matcher(id).matches();
	}

	/**
	 * Shows the app id alone.
	 */
	@Override
	public String toString() {
		return "QqIdentity[appId=" + this.appId + ']';
	}

}
