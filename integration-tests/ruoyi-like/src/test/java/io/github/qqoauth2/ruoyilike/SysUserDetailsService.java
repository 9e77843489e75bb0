package io.github.qqoauth2.ruoyilike;

import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.stereotype.Service;

/**
 * Loads a user for the login in progress, and checks its password.
 */
@Service
class SysUserDetailsService implements UserDetailsService {

	private final SysUsers users;

	private final PasswordService passwords;

	SysUserDetailsService(SysUsers users, PasswordService passwords) {
		this.users = users;
		this.passwords = passwords;
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		SysUser user = this.users.findByUserName(username);
		if (user == null) {
			throw new ServiceException(ServiceException.UNKNOWN_USER, "没有这个用户");
		}
		if (user.deleted()) {
			throw new ServiceException(ServiceException.DELETED, "用户已注销");
		}
		if (user.disabled()) {
			throw new ServiceException(ServiceException.DISABLED, "用户被禁用");
		}
		this.passwords.check(user);
		return new LoginUser(user, this.users.permissions(user));
	}

}
