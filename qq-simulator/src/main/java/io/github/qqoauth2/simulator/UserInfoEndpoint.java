package io.github.qqoauth2.simulator;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * {@code /user/get_user_info}, with the fields and the mixed escaping of
 * userinfo-ok-2021.json. Province, city and year are constants, as QQ returns them today.
 */
final class UserInfoEndpoint {

	private static final Template PROFILE = Template.load("get_user_info.json");

	private final Registry registry;

	private final TokenStore tokenStore;

	private final Settings settings;

	UserInfoEndpoint(Registry registry, TokenStore tokenStore, Settings settings) {
		this.registry = registry;
		this.tokenStore = tokenStore;
		this.settings = settings;
	}

	QqReply answer(QqRequest request) {
		String appId = TokenEndpoint.required(request, "oauth_consumer_key", Refusal.PROFILE_PARAMETERS);
		String openid = TokenEndpoint.required(request, "openid", Refusal.PROFILE_PARAMETERS);
		String token = TokenEndpoint.required(request, "access_token", Refusal.PROFILE_PARAMETERS);
		if (!openid.matches("[0-9A-Fa-f]{32}")) {
			throw new RefusalException(Refusal.PROFILE_PARAMETERS);
		}
		if (this.registry.app(appId) == null) {
			throw new RefusalException(Refusal.PROFILE_APP);
		}
		TokenStore.Access access = this.tokenStore.access(token);
		if (access == null || this.tokenStore.isExpired(access) || !access.grant().appId().equals(appId)) {
			throw new RefusalException(Refusal.PROFILE_TOKEN);
		}
		QqPerson person = access.grant().person();
		if (!person.openid(appId).equals(openid)) {
			throw new RefusalException(Refusal.PROFILE_OPENID);
		}
		return QqReply.of(200, this.settings.jsonContentType(), profile(person, appId, openid));
	}

	private static String profile(QqPerson person, String appId, String openid) {
		Map<String, String> values = new HashMap<>();
		values.put("nickname", JsonText.quote(person.nickname()));
		values.put("gender", JsonText.quote(person.gender()));
		values.put("gender-type", "女".equals(person.gender()) ? "2" : "1");
		String avatar = person.avatar();
		for (int size : new int[] { 30, 50, 100 }) {
			values.put("qzone-" + size, (avatar != null) ? qzone(appId, openid, size) : "\"\"");
		}
		for (int size : new int[] { 40, 100, 640 }) {
			values.put("qq-" + size, JsonText.quote(sized(avatar, size)));
		}
		return PROFILE.fill(values);
	}

	private static String qzone(String appId, String openid, int size) {
		return JsonText.quote("http://qzapp.qlogo.cn/qzapp/" + appId + "/" + openid + "/" + size).replace("/", "\\/");
	}

	private static String sized(@Nullable String avatar, int size) {
		return (avatar != null) ? avatar.replace("s=100", "s=" + size) : "";
	}

}
