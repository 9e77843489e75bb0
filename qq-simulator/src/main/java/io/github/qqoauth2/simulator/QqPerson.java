package io.github.qqoauth2.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A QQ user who can be selected on the consent page.
 *
 * @param name the name on the consent page, unique in a simulator, not blank; openid and
 * unionid are derived from it
 * @param nickname the nickname, which may be empty and is not unique
 * @param gender {@code 男} or {@code 女}; QQ reports {@code 男} when it is unknown
 * @param avatar the http URL of the 100 px picture, or {@code null} for none; if it
 * contains {@code s=100}, the URLs of the other sizes are derived from it
 */
public record QqPerson(String name, String nickname, String gender, @Nullable String avatar) {

	/**
	 * A person with a Chinese nickname and an avatar.
	 */
	public static final QqPerson XIAO_MING = new QqPerson("xiaoming", "小明", "男",
			"http://thirdqq.qlogo.cn/g?b=oidb&k=3FD1A7C05E9B42D8A6F1&s=100&t=1600000000");

	/**
	 * A person whose nickname consists of characters outside the Basic Multilingual
	 * Plane.
	 */
	public static final QqPerson PANDA = new QqPerson("panda", "🐼🎋", "女",
			"http://thirdqq.qlogo.cn/g?b=oidb&k=9C24E6B8013D7F5AA1C2&s=100&t=1600000000");

	/**
	 * A person with an empty nickname and no avatar.
	 */
	public static final QqPerson NOBODY = new QqPerson("nobody", "", "男", null);

	/**
	 * Validates the name.
	 */
	public QqPerson {
		if (name.isBlank()) {
			throw new IllegalArgumentException("name must not be blank");
		}
	}

	/**
	 * Returns the openid of this person for an app: stable, and different for each app.
	 * @param appId the appid
	 * @return 32 upper-case hexadecimal digits
	 */
	public String openid(String appId) {
		return Identifiers.derived("openid", appId, this.name);
	}

	/**
	 * Returns the unionid of this person, the same for all apps of one developer.
	 * @return {@code UID_} and 32 upper-case hexadecimal digits
	 */
	public String unionid() {
		return "UID_" + Identifiers.derived("unionid", this.name);
	}

	@Override
	public String toString() {
		return "QqPerson[" + this.name + "]";
	}

}
