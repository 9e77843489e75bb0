package io.github.qqoauth2.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.security.test.context.support.TestExecutionEvent;
import org.springframework.security.test.context.support.WithSecurityContext;

/**
 * Runs a test as a user who has logged in with QQ. The {@code Authentication} is that of
 * a real QQ login: its principal is the application's own user object, which the
 * {@code QqAccountLoader} of the test's application context loads. A context without one,
 * as of a slice such as {@code @WebMvcTest}, gets a
 * {@link org.springframework.security.core.userdetails.User}.
 * <p>
 * Where the context has {@code QqAccountBindings} and the account is not bound, it is
 * bound to a QQ identity with this nickname and avatar, as after a real login. A test
 * with a transaction rolls this back.
 *
 * <pre>
 * &#64;Test
 * &#64;WithQqUser("alice")
 * void homeWhenLoggedInThenGreets(@Autowired MockMvc mvc) throws Exception {
 * 	mvc.perform(get("/")).andExpect(content().string("Hello, alice"));
 * }
 * </pre>
 *
 * @see QqRequestPostProcessors#qqLogin()
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@WithSecurityContext(factory = WithQqUserSecurityContextFactory.class)
public @interface WithQqUser {

	/**
	 * The account's key, its {@code UserDetails.getUsername()}.
	 * @return the key, {@code user} by default
	 */
	@AliasFor("username")
	String value() default "user";

	/**
	 * The account's key, its {@code UserDetails.getUsername()}.
	 * @return the key, {@code user} by default
	 */
	@AliasFor("value")
	String username() default "user";

	/**
	 * The nickname at QQ, which {@code QqAccountBindings.find(..)} returns.
	 * @return the nickname; blank for none
	 */
	String nickname() default "小明";

	/**
	 * The address of the avatar at QQ.
	 * @return the address; blank for none
	 */
	String avatarUrl() default "";

	/**
	 * The authorities of the {@code Authentication} instead of the account's own.
	 * @return the authorities; none for the account's own, and for {@code ROLE_USER} in a
	 * context without a {@code QqAccountLoader}
	 */
	String[] authorities() default {};

	/**
	 * When the user is logged in.
	 * @return by default before the test method and its set-up
	 */
	@AliasFor(annotation = WithSecurityContext.class)
	TestExecutionEvent setupBefore() default TestExecutionEvent.TEST_METHOD;

}
