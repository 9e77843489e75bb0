package io.github.qqoauth2.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a test's application context a simulated QQ of its own, sets the properties of
 * the QQ login to it, and makes it a bean of type
 * {@link io.github.qqoauth2.simulator.QqSimulator}. After each test it is reset: recorded
 * requests, queued replies, codes and tokens are gone; people stay.
 *
 * <pre>
 * &#64;SpringBootTest
 * &#64;AutoConfigureMockMvc
 * &#64;AutoConfigureQqSimulator
 * class LoginTests {
 *
 * 	&#64;Test
 * 	void callbackWhenNewThenBindPage(@Autowired MockMvc mvc, @Autowired QqSimulator qq) throws Exception {
 * 		QqLogins.logIn(mvc, qq, QqPerson.XIAO_MING).andExpect(redirectedUrl("/login/qq/bind"));
 * 	}
 *
 * }
 * </pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface AutoConfigureQqSimulator {

}
