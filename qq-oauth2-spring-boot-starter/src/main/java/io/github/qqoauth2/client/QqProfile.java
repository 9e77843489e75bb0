package io.github.qqoauth2.client;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What QQ says of a person. Any of it may be missing, none of it proves anything, and all
 * of it is text that somebody else chose: control and bidirectional characters are gone,
 * but pages still have to escape it.
 *
 * @param nickname the nickname, at most 255 UTF-16 code units, or {@code null}. Not
 * unique, and it changes
 * @param avatarUrl an https address on {@code qlogo.cn} of a picture of about 100 pixels,
 * at most 1024 characters, or {@code null}
 * @param gender as QQ sends it, mostly 男 or 女 and 男 when unknown, at most 16 characters,
 * or {@code null}
 * @param lost whether QQ says that data got lost: not to be stored over good data
 * @param attributes every field that QQ sent, as text and by QQ's own name, those above
 * included ({@code province}, {@code city} and {@code year} have been constants since
 * 2022). Addresses of pictures are checked as {@code avatarUrl} is, and left out
 * otherwise; an {@code openid} is always left out
 * @see <a href="https://wiki.connect.qq.com/get_user_info">QQ on get_user_info</a>
 */
public record QqProfile(@Nullable String nickname, @Nullable String avatarUrl, @Nullable String gender, boolean lost,
		Map<String, String> attributes) {

	/**
	 * Creates a profile.
	 */
	public QqProfile {
		attributes = Map.copyOf(attributes);
	}

	/**
	 * Creates a profile from QQ's fields, or from the {@link #attributes()} of another.
	 * @param fields the fields; what is no string, number or boolean is left out
	 * @return the profile
	 */
	public static QqProfile of(Map<String, ?> fields) {
		Map<String, String> attributes = new HashMap<>();
		fields.forEach((name, value) -> {
			String text = ProfileText.of(name, value);
			if (text != null) {
				attributes.put(name, text);
			}
		});
		return new QqProfile(attributes.get("nickname"), Avatar.choose(attributes), attributes.get("gender"),
				"1".equals(attributes.get("is_lost")), attributes);
	}

	/**
	 * Shows nothing of the person.
	 */
	@Override
	public String toString() {
		return "QqProfile[lost=" + this.lost + ']';
	}

}
