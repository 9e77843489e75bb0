package io.github.qqoauth2.tokenshop;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.bind.QqLogin;

/**
 * The application's own login, protected by a captcha.
 */
@RestController
class ShopLoginController {

	private final AuthenticationManager authenticationManager;

	private final StringRedisTemplate redis;

	private final ShopTokens tokens;

	private final QqLogin qqLogin;

	ShopLoginController(AuthenticationManager authenticationManager, StringRedisTemplate redis, ShopTokens tokens,
			QqLogin qqLogin) {
		this.authenticationManager = authenticationManager;
		this.redis = redis;
		this.tokens = tokens;
		this.qqLogin = qqLogin;
	}

	@GetMapping("/captcha")
	Map<String, Object> captcha() {
		String id = UUID.randomUUID().toString();
		this.redis.opsForValue().set("captcha:" + id, id.substring(0, 4), Duration.ofMinutes(2));
		return Map.of("code", 200, "id", id);
	}

	@PostMapping("/login")
	Map<String, Object> login(@RequestBody Map<String, String> body, HttpServletRequest request,
			HttpServletResponse response) {
		String expected = this.redis.opsForValue().getAndDelete("captcha:" + body.get("captchaId"));
		if (expected == null || !expected.equals(body.get("captcha"))) {
			return Map.of("code", 400, "errmsg", "验证码不正确");
		}
		try {
			Authentication authentication = this.authenticationManager.authenticate(
					UsernamePasswordAuthenticationToken.unauthenticated(body.get("username"), body.get("password")));
			this.qqLogin.accountProved(request, response, authentication.getName());
			return Map.of("code", 200, "data", this.tokens.create(authentication.getName()));
		}
		catch (AuthenticationException ex) {
			return Map.of("code", 401, "errmsg", "用户名或密码不正确");
		}
	}

	@GetMapping("/profile")
	Map<String, Object> profile(Authentication authentication) {
		return Map.of("code", 200, "data", authentication.getName());
	}

}
