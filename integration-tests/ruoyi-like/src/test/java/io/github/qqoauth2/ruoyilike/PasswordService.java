package io.github.qqoauth2.ruoyilike;

import java.time.Duration;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks the password of the login in progress and limits wrong ones.
 */
@Component
class PasswordService {

	static final int LIMIT = 3;

	private final PasswordEncoder encoder;

	private final StringRedisTemplate redis;

	PasswordService(PasswordEncoder encoder, StringRedisTemplate redis) {
		this.encoder = encoder;
		this.redis = redis;
	}

	void check(SysUser user) {
		String password = LoginContext.password();
		String key = "wrong_passwords:" + user.userName();
		String wrong = this.redis.opsForValue().get(key);
		if (wrong != null && Integer.parseInt(wrong) >= LIMIT) {
			throw new ServiceException(ServiceException.TOO_MANY_TRIES, "密码错误次数太多，十分钟后再试");
		}
		if (!this.encoder.matches(password, user.password())) {
			this.redis.opsForValue().increment(key);
			this.redis.expire(key, Duration.ofMinutes(10));
			throw new ServiceException(ServiceException.WRONG_PASSWORD, "密码不对");
		}
		this.redis.delete(key);
	}

}
