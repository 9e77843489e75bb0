package io.github.qqoauth2.test;

import java.util.List;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Post-processors of {@code MockMvc} requests.
 *
 * <pre>
 * mvc.perform(get("/").with(qqLogin().username("alice"))).andExpect(authenticated());
 * </pre>
 */
public final class QqRequestPostProcessors {

	private QqRequestPostProcessors() {
	}

	/**
	 * Sends a request as a user who has logged in with QQ, as {@link WithQqUser} does for
	 * a test. Requires {@code springSecurity()} in {@code MockMvc}, which Spring Boot
	 * applies.
	 * @return the post-processor, for the account {@code user}
	 */
	public static QqLoginRequestPostProcessor qqLogin() {
		return new QqLoginRequestPostProcessor(new LoggedInUser("user", "小明", "", List.of()));
	}

	/**
	 * Sends a request as a user who has logged in with QQ. Immutable.
	 */
	public static final class QqLoginRequestPostProcessor implements RequestPostProcessor {

		private final LoggedInUser user;

		private QqLoginRequestPostProcessor(LoggedInUser user) {
			this.user = user;
		}

		/**
		 * Sets the account's key.
		 * @param username the key, its {@code UserDetails.getUsername()}
		 * @return a copy with the key
		 */
		public QqLoginRequestPostProcessor username(String username) {
			return new QqLoginRequestPostProcessor(
					new LoggedInUser(username, this.user.nickname(), this.user.avatarUrl(), this.user.authorities()));
		}

		/**
		 * Sets the nickname at QQ.
		 * @param nickname the nickname; blank for none
		 * @return a copy with the nickname
		 */
		public QqLoginRequestPostProcessor nickname(String nickname) {
			return new QqLoginRequestPostProcessor(
					new LoggedInUser(this.user.username(), nickname, this.user.avatarUrl(), this.user.authorities()));
		}

		/**
		 * Sets the address of the avatar at QQ.
		 * @param avatarUrl the address; blank for none
		 * @return a copy with the address
		 */
		public QqLoginRequestPostProcessor avatarUrl(String avatarUrl) {
			return new QqLoginRequestPostProcessor(
					new LoggedInUser(this.user.username(), this.user.nickname(), avatarUrl, this.user.authorities()));
		}

		/**
		 * Sets the authorities instead of the account's own.
		 * @param authorities the authorities; none for the account's own
		 * @return a copy with the authorities
		 */
		public QqLoginRequestPostProcessor authorities(String... authorities) {
			return new QqLoginRequestPostProcessor(new LoggedInUser(this.user.username(), this.user.nickname(),
					this.user.avatarUrl(), List.of(authorities)));
		}

		@Override
		public MockHttpServletRequest postProcessRequest(MockHttpServletRequest request) {
			return SecurityMockMvcRequestPostProcessors
				.authentication(this.user.authenticate(
						WebApplicationContextUtils.getRequiredWebApplicationContext(request.getServletContext())))
				.postProcessRequest(request);
		}

	}

}
