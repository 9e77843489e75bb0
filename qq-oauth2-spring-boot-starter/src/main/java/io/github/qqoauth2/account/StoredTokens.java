package io.github.qqoauth2.account;

import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/**
 * The tokens of a QQ identity, written as the text that is encrypted. They contain the
 * openid, so that a row cannot be used for another binding.
 */
record StoredTokens(String openid, OAuth2AccessToken accessToken, @Nullable OAuth2RefreshToken refreshToken) {

	String write() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("openid", this.openid);
		json.put("accessToken", this.accessToken.getTokenValue());
		json.put("issuedAt", text(this.accessToken.getIssuedAt()));
		json.put("expiresAt", text(this.accessToken.getExpiresAt()));
		json.put("scopes", List.copyOf(new TreeSet<>(this.accessToken.getScopes())));
		json.put("refreshToken", (this.refreshToken != null) ? this.refreshToken.getTokenValue() : null);
		return JSONObjectUtils.toJSONString(json);
	}

	static @Nullable StoredTokens read(String text) {
		try {
			Map<String, Object> json = JSONObjectUtils.parse(text);
			String openid = JSONObjectUtils.getString(json, "openid");
			String value = JSONObjectUtils.getString(json, "accessToken");
			String refresh = JSONObjectUtils.getString(json, "refreshToken");
			OAuth2AccessToken accessToken = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, value,
					instant(JSONObjectUtils.getString(json, "issuedAt")),
					instant(JSONObjectUtils.getString(json, "expiresAt")),
					Set.copyOf(JSONObjectUtils.getStringList(json, "scopes")));
			return (openid != null) ? new StoredTokens(openid, accessToken,
					(refresh != null) ? new OAuth2RefreshToken(refresh, null) : null) : null;
		}
		catch (ParseException | RuntimeException ex) {
			return null;
		}
	}

	private static @Nullable String text(@Nullable Instant instant) {
		return (instant != null) ? instant.toString() : null;
	}

	private static @Nullable Instant instant(@Nullable String text) {
		return (text != null) ? Instant.parse(text) : null;
	}

	@Override
	public String toString() {
		return "StoredTokens[expiresAt=" + this.accessToken.getExpiresAt() + "]";
	}

}
