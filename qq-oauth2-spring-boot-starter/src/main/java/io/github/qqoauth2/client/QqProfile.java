package io.github.qqoauth2.client;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The profile of a QQ user. Every field may be missing, and no field proves anything
 * about the user. Values are arbitrary text: control and bidirectional characters are
 * removed, but pages must still escape them.
 *
 * @param nickname the nickname, at most 255 UTF-16 code units, or {@code null} if there
 * is none or nothing of it is visible; neither unique nor permanent
 * @param avatarUrl the https URL of a picture of about 100 pixels on {@code qlogo.cn}, at
 * most 1024 characters, or {@code null}. URLs that QQ issued until November 2023 contain
 * the app id and the openid: a page that shows one to others shows them the openid of its
 * owner
 * @param gender the gender as QQ sends it, mostly 男 or 女, and 男 if unknown; at most 16
 * characters, or {@code null}
 * @param lost whether QQ reports that data was lost; such a profile should not overwrite
 * stored data
 * @param attributes all fields that QQ sent, as text under QQ's names, including those
 * above ({@code province}, {@code city} and {@code year} have been constants since 2022).
 * Picture URLs are checked like {@code avatarUrl}, and omitted if invalid; an
 * {@code openid} is always omitted
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
	 * Creates a profile from QQ's fields, or from the {@link #attributes()} of another
	 * profile.
	 * @param fields the fields; values other than strings, numbers and booleans are
	 * omitted
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
	 * Omits all personal data.
	 */
	@Override
	public String toString() {
		return "QqProfile[lost=" + this.lost + ']';
	}

}
