package io.github.qqoauth2.client;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * The identity of a QQ user, as authenticated by QQ for one application.
 *
 * @param appId the app id that the openid was issued for; QQ issues a different openid to
 * each application for the same user
 * @param openid QQ's identifier of the user for this app id: 1 to 64 characters of
 * {@code 0-9 A-Z a-z _ -}, compared exactly, including case
 * @param unionid QQ's identifier of the user for all applications that one developer has
 * linked, or {@code null} if it was not requested or not granted. Not a key, since it
 * depends on a permission that QQ may grant or withdraw
 * @see <a href="https://wiki.connect.qq.com/unionid介绍">QQ on the unionid</a>
 */
public record QqIdentity(String appId, String openid, @Nullable String unionid) {

	private static final Pattern ID = Pattern.compile("(?!(?i:null|undefined)$)[0-9A-Za-z_-]{1,64}");

	/**
	 * Creates an identity.
	 * @throws IllegalArgumentException if an id is missing or malformed
	 */
	public QqIdentity {
		Assert.hasText(appId, "An app id is required");
		Assert.isTrue(isValid(openid), "The openid must be 1 to 64 characters of 0-9 A-Z a-z _ -");
		Assert.isTrue(unionid == null || isValid(unionid), "The unionid must be 1 to 64 characters of 0-9 A-Z a-z _ -");
	}

	static boolean isValid(@Nullable String id) {
		return id != null && ID.matcher(id).matches();
	}

	/**
	 * Omits openid and unionid, which are personal data.
	 */
	@Override
	public String toString() {
		return "QqIdentity[appId=" + this.appId + ']';
	}

}
