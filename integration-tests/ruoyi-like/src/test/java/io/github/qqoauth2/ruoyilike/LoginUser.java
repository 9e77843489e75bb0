package io.github.qqoauth2.ruoyilike;

import java.util.Collection;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * The principal, which is stored in Redis for each login. The application checks the
 * permissions and uses no authorities.
 */
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
		isGetterVisibility = Visibility.NONE)
class LoginUser implements UserDetails {

	private static final long serialVersionUID = 1L;

	private final SysUser user;

	private final Set<String> permissions;

	@JsonCreator
	LoginUser(@JsonProperty("user") SysUser user, @JsonProperty("permissions") Set<String> permissions) {
		this.user = user;
		this.permissions = permissions;
	}

	SysUser user() {
		return this.user;
	}

	Set<String> permissions() {
		return this.permissions;
	}

	@Override
	@SuppressWarnings("NullAway")
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return null;
	}

	@Override
	public String getPassword() {
		return this.user.password();
	}

	@Override
	public String getUsername() {
		return this.user.userName();
	}

	@Override
	public boolean isEnabled() {
		return !this.user.disabled();
	}

}
