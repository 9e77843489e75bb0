package io.github.qqoauth2.account;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.core.user.OAuth2User;

/**
 * The principal of a QQ login where the application's own user object is not an
 * {@link OAuth2User}: the account, under the account's name and with the account's
 * authorities, with QQ's nickname and avatar as attributes.
 * <p>
 * It equals the {@link User} of the same name, so that session registries and
 * {@code @AuthenticationPrincipal User} treat a login by QQ and one by password alike. An
 * application that wants its own type here lets its user object implement
 * {@link OAuth2User}: {@code getAttributes()} and {@code getName()}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE,
		isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonIgnoreProperties(ignoreUnknown = true)
public final class QqUser extends User implements OAuth2User {

	private static final long serialVersionUID = 1L;

	private final LinkedHashMap<String, Object> attributes;

	/**
	 * Wraps an account that has passed the check of its status.
	 * @param username the account's name
	 * @param password the account's password as stored; erased after the login
	 * @param authorities the account's authorities
	 * @param attributes the QQ profile: {@code nickname}, {@code avatarUrl},
	 * {@code gender}, each a string and each absent where QQ did not say
	 */
	@JsonCreator
	public QqUser(@JsonProperty("username") String username, @JsonProperty("password") @Nullable String password,
			@JsonProperty("authorities") Collection<? extends GrantedAuthority> authorities,
			@JsonProperty("attributes") Map<String, Object> attributes) {
		super(username, (password != null) ? password : "", authorities);
		this.attributes = new LinkedHashMap<>(attributes);
		if (password == null) {
			eraseCredentials();
		}
	}

	/**
	 * The principal for an account: the account itself where it is an {@link OAuth2User}
	 * already, else wrapped.
	 * @param account the account as loaded
	 * @param binding the binding whose QQ profile becomes the attributes
	 * @return an object that is both {@link UserDetails} and {@link OAuth2User}
	 */
	public static OAuth2User of(UserDetails account, QqAccountBinding binding) {
		if (account instanceof OAuth2User user) {
			return user;
		}
		return new QqUser(account.getUsername(), account.getPassword(), account.getAuthorities(), attributes(binding));
	}

	private static Map<String, Object> attributes(QqAccountBinding binding) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		putIfPresent(attributes, "nickname", binding.nickname());
		putIfPresent(attributes, "avatarUrl", binding.avatarUrl());
		putIfPresent(attributes, "gender", binding.gender());
		return attributes;
	}

	private static void putIfPresent(Map<String, Object> attributes, String name, @Nullable String value) {
		if (value != null) {
			attributes.put(name, value);
		}
	}

	@Override
	public Map<String, Object> getAttributes() {
		return Collections.unmodifiableMap(this.attributes);
	}

	@Override
	public String getName() {
		return getUsername();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return super.equals(other);
	}

	@Override
	public int hashCode() {
		return super.hashCode();
	}

}
