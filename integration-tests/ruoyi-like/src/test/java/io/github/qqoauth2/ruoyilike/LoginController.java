package io.github.qqoauth2.ruoyilike;

import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.bind.QqLogin;

/**
 * The login and the data of the signed-in user.
 */
@RestController
class LoginController {

	private final LoginService logins;

	private final TokenService tokens;

	private final QqLogin qqLogin;

	LoginController(LoginService logins, TokenService tokens, QqLogin qqLogin) {
		this.logins = logins;
		this.tokens = tokens;
		this.qqLogin = qqLogin;
	}

	@PostMapping("/login")
	Result login(@RequestBody Credentials credentials, HttpServletRequest request, HttpServletResponse response) {
		Authentication authentication = this.logins.login(credentials.username(), credentials.password());
		this.qqLogin.accountProved(request, response, authentication.getName());
		return Result.of(this.tokens.create((LoginUser) Objects.requireNonNull(authentication.getPrincipal())));
	}

	@GetMapping("/getInfo")
	Result info(@AuthenticationPrincipal LoginUser user) {
		return Result.of(Map.of("userName", user.getUsername(), "nickName", user.user().nickName(), "permissions",
				user.permissions()));
	}

	/**
	 * The body of a login.
	 *
	 * @param username the name
	 * @param password the password
	 */
	record Credentials(String username, String password) {

	}

}
