package io.github.qqoauth2.test;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.annotation.Transactional;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@AutoConfigureQqSimulator
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShopTests {

	@Autowired
	MockMvc mvc;

	@Autowired
	QqSimulator qq;

	@Autowired
	QqAccountBindings bindings;

	@Test
	@Transactional
	@WithQqUser("alice")
	void withQqUserWhenLoaderThenPrincipalIsAsAfterQqLogin() throws Exception {
		Authentication logged = SecurityContextHolder.getContext().getAuthentication();
		assertThat(logged).isNotNull();
		assertThat(logged.getPrincipal()).isInstanceOf(User.class);
		assertThat(logged.getAuthorities()).extracting(Object::toString)
			.anyMatch((authority) -> authority.contains("ROLE_USER"))
			.anyMatch((authority) -> authority.contains("FACTOR_AUTHORIZATION_CODE"));
		this.mvc.perform(get("/")).andExpect(content().string("Hello, alice"));
	}

	@Test
	@Transactional
	@WithQqUser(username = "alice", nickname = "熊猫", avatarUrl = "https://thirdqq.qlogo.cn/g?b=1",
			authorities = "orders")
	void withQqUserWhenAttributesThenBoundWithProfile() throws Exception {
		QqAccountBinding binding = this.bindings.find("alice");
		assertThat(binding).isNotNull();
		assertThat(binding.nickname()).isEqualTo("熊猫");
		assertThat(binding.avatarUrl()).isEqualTo("https://thirdqq.qlogo.cn/g?b=1");
		this.mvc.perform(get("/orders")).andExpect(status().isOk());
	}

	@Test
	@Transactional
	void qqLoginWhenAuthoritiesThenMethodSecurityDecides() throws Exception {
		this.mvc.perform(get("/orders").with(QqRequestPostProcessors.qqLogin().username("alice")))
			.andExpect(status().isForbidden());
		this.mvc.perform(get("/orders").with(QqRequestPostProcessors.qqLogin().username("alice").authorities("orders")))
			.andExpect(status().isOk());
		assertThatIllegalStateException()
			.isThrownBy(() -> this.mvc.perform(get("/").with(QqRequestPostProcessors.qqLogin())))
			.withMessageContaining("finds no account 'user'");
	}

	@Test
	@Order(1)
	void logInWhenMockMvcThenSameAuthenticationAsWithQqUser() throws Exception {
		ResultActions callback = QqLogins.logIn(this.mvc, this.qq, QqPerson.XIAO_MING)
			.andExpect(redirectedUrl("/login/qq/bind"));
		MockHttpSession session = (MockHttpSession) callback.andReturn().getRequest().getSession();
		String page = this.mvc.perform(get("/login/qq/bind").session(session))
			.andReturn()
			.getResponse()
			.getContentAsString();
		String binding = page.replaceFirst("(?s).*name=\"binding\" value=\"([^\"]*)\".*", "$1");
		this.mvc
			.perform(post("/login/qq/bind").session(session)
				.with(csrf())
				.param("binding", binding)
				.param("username", "alice")
				.param("password", "alice-password"))
			.andExpect(redirectedUrl("/"));
		MockHttpSession again = (MockHttpSession) QqLogins.logIn(this.mvc, this.qq, QqPerson.XIAO_MING)
			.andExpect(redirectedUrl("/"))
			.andReturn()
			.getRequest()
			.getSession();
		this.mvc.perform(get("/").session(again)).andExpect(content().string("Hello, alice"));
		assertThat(this.qq.requests(QqEndpoint.TOKEN)).hasSize(2);
		this.bindings.remove("alice");
	}

	@Test
	@Order(2)
	void logInWhenOtherTestQueuedReplyThenReset(@LocalServerPort int port) throws Exception {
		assertThat(this.qq.requests()).isEmpty();
		this.qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100019, "wrong code"));
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		HttpResponse<String> callback = QqLogins.logIn(browser, URI.create("http://localhost:" + port), this.qq,
				QqPerson.PANDA);
		assertThat(callback.headers().firstValue("Location"))
			.hasValueSatisfying((location) -> assertThat(location).endsWith("/login/qq/error"));
		this.qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100019, "wrong code"));
	}

	@Test
	@Order(3)
	void logInWhenReplyWasLeftQueuedThenNotUsed() throws Exception {
		QqLogins.logIn(this.mvc, this.qq, QqPerson.PANDA).andExpect(redirectedUrl("/login/qq/bind"));
	}

}
