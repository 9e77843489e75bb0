package io.github.qqoauth2.bind;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AuthorizationStartTests {

	@Test
	void modelWhenEncodedThenValuesAreDecoded() {
		String url = "https://graph.qq.com/oauth2.0/authorize?response_type=code&client_id=101000001"
				+ "&redirect_uri=https%3A%2F%2Fwww.example.com%2Fshop%2Flogin%2Foauth2%2Fcode%2Fqq%3Fa%3Db%26c%3D%2525"
				+ "&state=a-_%2B%3D&scope=get_user_info%2Clist_album&display=mobile";
		assertThat(AuthorizationStart.model(url))
			.isEqualTo(Map.of("authorizationUrl", url, "appId", "101000001", "redirectUri",
					"https://www.example.com/shop/login/oauth2/code/qq?a=b&c=%25", "state", "a-_+=", "scope",
					List.of("get_user_info", "list_album")))
			.containsOnlyKeys("authorizationUrl", "appId", "redirectUri", "state", "scope");
	}

	@Test
	void modelWhenNoScopeThenEmptyList() {
		assertThat(AuthorizationStart.model("https://graph.qq.com/oauth2.0/authorize?client_id=1&state=s"))
			.containsEntry("scope", List.of())
			.containsEntry("redirectUri", "");
	}

}
